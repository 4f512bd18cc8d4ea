import { type Drawing, type Stroke, strokeLength } from '@featurescope/core';

/** A part of a stroke, from one share of its length to another. */
export interface Piece {
  /** Index of the stroke it is of. */
  readonly of: number;
  readonly from: number;
  readonly to: number;
  readonly stroke: Stroke;
}

/** Keeps a stroke that is as long as allowed in one piece, whatever the rounding. */
const ROUNDING = 1e-9;

/**
 * Strokes cut into pieces of equal length, none longer than an nth of all of them together; a stroke shorter than that, such as a dot,
 * stays whole. In the order of drawing.
 */
export function piecesOf({ strokes }: Pick<Drawing, 'strokes'>, count: number): readonly Piece[] {
  const lengths = strokes.map((stroke) => strokeLength(stroke));
  const longest = lengths.reduce((sum, length) => sum + length, 0) / count;
  return strokes.flatMap((stroke, of) => {
    const pieces = longest > 0 ? Math.max(1, Math.ceil((lengths[of] ?? 0) / longest - ROUNDING)) : 1;
    if (pieces === 1) return [{ of, from: 0, to: 1, stroke }];
    return Array.from({ length: pieces }, (_, i): Piece => {
      const [from, to] = [i / pieces, (i + 1) / pieces];
      return { of, from, to, stroke: strokePart(stroke, from, to) };
    });
  });
}

/** The part of a stroke between two shares of its length, 0 … 1, with the times of its points where they are known. */
export function strokePart(stroke: Stroke, from: number, to: number): Stroke {
  const along = lengthsAlong(stroke);
  const length = along.at(-1) ?? 0;
  const [start, end] = [from * length, to * length];
  const between = Array.from(along.keys()).filter((i) => (along[i] ?? 0) > start && (along[i] ?? 0) < end);
  const places = [placeOf(along, start), ...between, placeOf(along, end)];
  const at = (values: Float64Array): Float64Array => Float64Array.from(places, (place) => valueAt(values, place));
  return { x: at(stroke.x), y: at(stroke.y), ...(stroke.t && { t: at(stroke.t) }) };
}

/** Length of the line up to each point. */
function lengthsAlong({ x, y }: Stroke): Float64Array {
  const along = new Float64Array(x.length);
  for (let i = 1; i < x.length; i++)
    along[i] = (along[i - 1] ?? 0) + Math.hypot((x[i] ?? 0) - (x[i - 1] ?? 0), (y[i] ?? 0) - (y[i - 1] ?? 0));
  return along;
}

/** Index of the point at a length, with the share of the way to the next behind the point. */
function placeOf(along: Float64Array, length: number): number {
  const next = along.findIndex((reached) => reached >= length);
  if (next === 0) return 0;
  if (next < 0) return along.length - 1;
  const [before, after] = [along[next - 1] ?? 0, along[next] ?? 0];
  return next - 1 + (length - before) / (after - before);
}

function valueAt(values: Float64Array, place: number): number {
  const first = Math.min(Math.floor(place), values.length - 1);
  const low = values[first] ?? 0;
  return low + (place - first) * ((values[first + 1] ?? low) - low);
}
