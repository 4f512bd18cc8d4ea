import type { Drawing, Model, RunContext, Target, TargetReference } from '@featurescope/core';
import { nextFrame } from '@tensorflow/tfjs-core';
import { batchSizeFor } from '../strokes/batch-size.js';
import { type Piece, piecesOf } from '../strokes/pieces.js';
import { layersRead, type Reading, readingsOf, targetOn } from '../strokes/score.js';
import { type Shown, shownValues } from '../strokes/shown.js';
import type { StrokeOcclusionOptions } from './options.js';
import { type Prefix, prefixesOf, withoutPieces, withoutStrokes } from './variants.js';

/** What a network makes of a drawing of which something is missing. */
export interface Missing {
  readonly shown: Shown;
  readonly reading: Reading;
  /** Score of the whole drawing − score without it. */
  readonly drop: number;
}

/** All that was found out about one drawing. */
export interface Study {
  readonly drawing: Drawing;
  readonly target: Target;
  readonly whole: Reading;
  /** For each stroke. */
  readonly strokes: readonly Missing[];
  /** Where strokes were cut: the pieces, and what is without each. */
  readonly pieces?: { readonly cut: readonly Piece[]; readonly missing: readonly Missing[] };
  readonly prefixes: readonly (Prefix & { readonly reading: Reading })[];
}

export interface Question {
  readonly model: Model;
  readonly drawing: Drawing;
  readonly reference: TargetReference;
  readonly options: StrokeOcclusionOptions;
  readonly source: string;
  readonly signal: RunContext['signal'];
}

/** Shows the network the drawing without each stroke, and broken off after each; gives the number of drawings that were shown after each pass. */
export async function* studied(question: Question): AsyncGenerator<number, Study> {
  const { model, drawing, reference, options, source } = question;
  const { input: spec } = model;
  const { pieces: count, dealing } = options;
  const wholeValues = shownValues({ drawing }, spec, source);
  const target = await targetOn(model, wholeValues, reference);
  const cut = piecesOf(drawing, count ?? 1);
  const whole: Shown = { drawing };
  const strokes = [...withoutStrokes(drawing, spec, dealing ?? 'kept')];
  const without = count === undefined ? [] : [...withoutPieces(drawing, cut, spec, dealing ?? 'kept')];
  const prefixes = [...prefixesOf(drawing, cut, spec, dealing ?? 'again')];
  const readings = yield* read(question, target, wholeValues, [whole, ...strokes, ...without, ...prefixes.map(({ shown }) => shown)]);
  const [ofWhole = { score: Number.NaN, class: 0 }, ...others] = readings;
  const missing = (variants: readonly Shown[], first: number): readonly Missing[] =>
    variants.map((shown, i) => {
      const reading = others[first + i] ?? ofWhole;
      return { shown, reading, drop: ofWhole.score - reading.score };
    });
  const afterPieces = strokes.length + without.length;
  return {
    drawing,
    target,
    whole: ofWhole,
    strokes: missing(strokes, 0),
    ...(count !== undefined && { pieces: { cut, missing: missing(without, strokes.length) } }),
    prefixes: prefixes.map((prefix, i) => ({ ...prefix, reading: others[afterPieces + i] ?? ofWhole })),
  };
}

/** Drawings that are shown: the whole, without each stroke and each piece, and broken off before the first and after each. */
export function variantCount(drawing: Drawing, { pieces }: Pick<StrokeOcclusionOptions, 'pieces'>): number {
  const cut = piecesOf(drawing, pieces ?? 1).length;
  return 2 + drawing.strokes.length + cut + (pieces === undefined ? 0 : cut);
}

/** A reading of each variant, the whole drawing first, a batch in one pass; what looks like the whole drawing is not shown again. */
async function* read(
  { model, options, signal }: Question,
  target: Target,
  whole: Float32Array,
  variants: readonly Shown[],
): AsyncGenerator<number, readonly Reading[]> {
  const size = options.batchSize ?? batchSizeFor(model, layersRead(model, target));
  const readings: Reading[] = [];
  for (let first = 0; first < variants.length; first += size) {
    signal.throwIfAborted();
    const pictures = variants.slice(first, first + size).map((variant, i) => (first + i === 0 ? whole : shownValues(variant, model.input)));
    const isOther = pictures.map((picture, i) => first + i === 0 || !sameNumbers(picture, whole));
    const others = pictures.filter((_, i) => isOther[i]);
    const found = others.length > 0 ? [...(await readingsOf(model, target, others))] : [];
    for (const other of isOther) {
      const reading = other ? found.shift() : readings[0];
      if (reading) readings.push(reading);
    }
    await nextFrame();
    signal.throwIfAborted();
    yield readings.length;
  }
  return readings;
}

const sameNumbers = (a: Float32Array, b: Float32Array): boolean => a.every((value, i) => value === b[i]);
