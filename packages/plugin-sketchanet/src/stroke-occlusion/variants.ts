import { type Drawing, type InputSpec, type Stroke, strokeLength } from '@featurescope/core';
import { type Piece, strokePart } from '../strokes/pieces.js';
import { partsOf, type Shown } from '../strokes/shown.js';
import type { Dealing } from './options.js';

/** A drawing that breaks off. */
export interface Prefix {
  /** Strokes that are there, the last of them perhaps in part. */
  readonly strokes: number;
  /** Share of the length of all strokes that is there, 0 … 1. */
  readonly fraction: number;
  /** Milliseconds from the first point of the drawing to the last one that is there, where all points have times. */
  readonly time?: number;
  readonly shown: Shown;
}

const dealt = (drawing: Drawing, parts: ArrayLike<number>, dealing: Dealing): Shown =>
  dealing === 'kept' ? { drawing, parts } : { drawing };

/** The drawing without one stroke, for each stroke. */
export function* withoutStrokes(drawing: Drawing, spec: InputSpec, dealing: Dealing): Generator<Shown> {
  const parts = partsOf(drawing, spec);
  for (const missing of drawing.strokes.keys()) {
    const strokes = drawing.strokes.filter((_, i) => i !== missing);
    const left = parts.filter((_, i) => i !== missing);
    yield dealt({ ...drawing, strokes }, left, dealing);
  }
}

/** The drawing without one piece, for each piece: what is left of its stroke counts as up to two strokes. */
export function* withoutPieces(drawing: Drawing, pieces: readonly Piece[], spec: InputSpec, dealing: Dealing): Generator<Shown> {
  const parts = partsOf(drawing, spec);
  for (const { of, from, to } of pieces) {
    const left = drawing.strokes.flatMap((stroke, i) => (i === of ? around(stroke, from, to) : [stroke]).map((one) => ({ one, i })));
    const strokes = left.map(({ one }) => one);
    yield dealt(
      { ...drawing, strokes },
      Int32Array.from(left, ({ i }) => parts[i] ?? 0),
      dealing,
    );
  }
}

const around = (stroke: Stroke, from: number, to: number): readonly Stroke[] => [
  ...(from > 0 ? [strokePart(stroke, 0, from)] : []),
  ...(to < 1 ? [strokePart(stroke, to, 1)] : []),
];

/** The drawing broken off before its first piece and after each, the whole at the end. */
export function* prefixesOf(drawing: Drawing, pieces: readonly Piece[], spec: InputSpec, dealing: Dealing): Generator<Prefix> {
  const parts = partsOf(drawing, spec);
  const lengths = drawing.strokes.map((stroke) => strokeLength(stroke));
  const all = lengths.reduce((sum, length) => sum + length, 0);
  const isTimed = drawing.strokes.length > 0 && drawing.strokes.every(({ t }) => t !== undefined);
  const start = drawing.strokes[0]?.t?.[0] ?? 0;
  yield { strokes: 0, fraction: 0, ...(isTimed && { time: 0 }), shown: dealt({ ...drawing, strokes: [] }, [], dealing) };
  let before = 0;
  for (const [n, { of, to, stroke }] of pieces.entries()) {
    const whole = drawing.strokes.slice(0, of);
    const full = drawing.strokes[of];
    const last = to === 1 && full ? full : full && strokePart(full, 0, to);
    const strokes = last ? [...whole, last] : whole;
    const reached = before + to * (lengths[of] ?? 0);
    if (to === 1) before = reached;
    // Dots alone have no length: then strokes are counted.
    const fraction = n === pieces.length - 1 ? 1 : all > 0 ? reached / all : (of + to) / lengths.length;
    const time = (stroke.t?.at(-1) ?? start) - start;
    yield { strokes: of + to, fraction, ...(isTimed && { time }), shown: dealt({ ...drawing, strokes }, parts.slice(0, of + 1), dealing) };
  }
}
