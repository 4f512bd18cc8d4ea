import { type Drawing, type InputSpec, type Stroke, strokeLength } from '@featurescope/core';
import { type Piece, piecesOf } from '../strokes/pieces.js';
import { partsOf, shownValues } from '../strokes/shown.js';
import { channelRanges, type Pictures } from './attribution.js';
import { dealtOut, type Ink, inkIn } from './ink.js';

/** What was gathered along a line. */
export interface Gathered {
  readonly sum: number;
  /** For each pixel of its ink; 0 for a line without ink. */
  readonly mean: number;
  /** In units of the canvas. */
  readonly length: number;
}

export interface GatheredStrokes {
  readonly strokes: readonly Gathered[];
  readonly pieces: readonly (Gathered & { readonly piece: Piece })[];
}

/**
 * An attribution [H, W, C] added up along each stroke, and along the pieces of each: over the pixels of its ink in all channels in which
 * its part occurs, as the network sees it. Where strokes meet, each gets as much as its ink is of theirs; so do the pieces of a stroke.
 */
export function gatheredAlong(
  attribution: Float32Array,
  drawing: Drawing,
  { empty }: Pick<Pictures, 'empty'>,
  spec: InputSpec,
  count: number,
): GatheredStrokes {
  const parts = partsOf(drawing, spec);
  const ranges = channelRanges(spec);
  const inkOf = (stroke: Stroke, of: number): Ink =>
    inkIn(shownValues({ drawing: { ...drawing, strokes: [stroke] }, parts: [parts[of] ?? 0] }, spec), empty, ranges);
  const inks = drawing.strokes.map(inkOf);
  const shares = dealtOut(attribution, inks);
  const cut = piecesOf(drawing, count);
  const pieces = drawing.strokes.flatMap((_, of) => {
    const map = new Float64Array(attribution.length);
    for (const [i, place] of (inks[of]?.at ?? new Uint32Array()).entries()) map[place] = shares[of]?.[i] ?? 0;
    const own = cut.filter((piece) => piece.of === of);
    const pieceInks = own.map(({ stroke }) => inkOf(stroke, of));
    const pieceShares = dealtOut(map, pieceInks);
    return own.map((piece, i) => ({ piece, ...gathered(pieceShares[i], pieceInks[i], piece.stroke) }));
  });
  return { strokes: drawing.strokes.map((stroke, i) => gathered(shares[i], inks[i], stroke)), pieces };
}

function gathered(share: Float64Array | undefined, ink: Ink | undefined, stroke: Stroke): Gathered {
  const sum = share?.reduce((all, value) => all + value, 0) ?? 0;
  return { sum, mean: ink && ink.pixels > 0 ? sum / ink.pixels : 0, length: strokeLength(stroke) };
}
