import { type Drawing, strokeLength } from './drawing.js';
import { simplified } from './simplify.js';

/** How strokes are dealt out to parts: by their number, the outline first, or by how much detail they have. */
export type StrokeSplit = 'even' | 'outline' | 'adaptive';

export const STROKE_SPLITS = ['even', 'outline', 'adaptive'] as const satisfies readonly StrokeSplit[];

/** The part of each stroke, from 0; parts may be empty. */
export function strokeParts(drawing: Drawing, parts: number, split: StrokeSplit = 'even'): Int32Array {
  switch (split) {
    case 'even':
      return evenParts(drawing.strokes.length, parts);
    case 'outline':
      return outlineParts(drawing, parts);
    case 'adaptive':
      return adaptiveParts(drawing, parts);
  }
}

/** Part i has the strokes from ⌊i·n/k⌋ on: equally many strokes in each, up to one (Yu et al., BMVC 2015). */
export function evenParts(strokes: number, parts: number): Int32Array {
  const part = new Int32Array(strokes);
  for (let i = 0; i < parts; i++) part.fill(i, Math.floor((i * strokes) / parts), Math.floor(((i + 1) * strokes) / parts));
  return part;
}

/** Weight of length against earliness. */
const LENGTH_WEIGHT = 0.5;

/**
 * The first part has the ⌈n/k⌉ strokes with the largest λ·length/longest + (1 − λ)·(1 − (o − 1)/(n − 1)), λ = ½ and o the order from 1:
 * long and early ones, which make outlines. The others follow evenly in the order in which they were drawn.
 */
function outlineParts({ strokes }: Drawing, parts: number): Int32Array {
  const count = strokes.length;
  if (parts === 1) return new Int32Array(count);
  const lengths = strokes.map((stroke) => strokeLength(stroke));
  const longest = Math.max(...lengths, Number.MIN_VALUE);
  const scores = lengths.map((length, i) => (LENGTH_WEIGHT * length) / longest + (1 - LENGTH_WEIGHT) * (1 - i / Math.max(1, count - 1)));
  const best = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const outline = new Set(best.slice(0, Math.ceil(count / parts)));
  const others = evenParts(count - outline.size, parts - 1);
  let next = 0;
  return Int32Array.from({ length: count }, (_, i) => (outline.has(i) ? 0 : 1 + (others[next++] ?? 0)));
}

/** Share of the longer side of the canvas by which a line may differ from what was drawn. */
const TOLERANCE = 1 / 64;

/**
 * Parts of equal detail, in the order in which strokes were drawn: the detail of a stroke is the number of straight lines that it takes
 * to follow it, and a stroke belongs to the part in which the middle of its detail lies.
 */
function adaptiveParts({ strokes, width, height }: Drawing, parts: number): Int32Array {
  const tolerance = TOLERANCE * Math.max(width, height);
  const details = strokes.map((stroke) => Math.max(1, simplified(stroke, tolerance).length - 1));
  const total = details.reduce((sum, detail) => sum + detail, 0);
  let before = 0;
  return Int32Array.from(details, (detail) => {
    const middle = before + detail / 2;
    before += detail;
    return Math.min(parts - 1, Math.floor((parts * middle) / total));
  });
}
