import { type Drawing, type Stroke, strokeLength } from '@featurescope/core';
import { strokePart } from '../strokes/pieces.js';
import type { Steps } from './options.js';

/** A drawing while it is being drawn, on the canvas of the whole. */
export interface Unfinished {
  readonly drawing: Drawing;
  /** Share of its strokes, or of its length, that is there: above 0, 1 at the end. */
  readonly fraction: number;
  /** What came last. */
  readonly added: readonly Stroke[];
}

/** Steps of a drawing: at least one. */
export const stepCount = ({ strokes }: Pick<Drawing, 'strokes'>, steps: Steps): number =>
  steps === 'strokes' ? Math.max(1, strokes.length) : steps;

/** A drawing after every stroke (Sarvadevabhatla et al., ACM MM 2016), or after every nth of the length of its line; the last is the drawing itself. */
export function unfinishedOf(drawing: Drawing, steps: Steps): readonly Unfinished[] {
  if (drawing.strokes.length === 0) return Array.from({ length: stepCount(drawing, steps) }, () => ({ drawing, fraction: 1, added: [] }));
  return steps === 'strokes' ? byStrokes(drawing) : byLength(drawing, steps);
}

const byStrokes = (drawing: Drawing): readonly Unfinished[] =>
  drawing.strokes.map((stroke, i) => ({
    drawing: i + 1 === drawing.strokes.length ? drawing : { ...drawing, strokes: drawing.strokes.slice(0, i + 1) },
    fraction: (i + 1) / drawing.strokes.length,
    added: [stroke],
  }));

function byLength(drawing: Drawing, count: number): readonly Unfinished[] {
  const lengths = drawing.strokes.map((stroke) => strokeLength(stroke));
  // Dots alone have no length: then strokes are counted.
  const spans = lengths.some((length) => length > 0) ? lengths : lengths.map(() => 1);
  const all = spans.reduce((sum, span) => sum + span, 0);
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [(all * i) / count, (all * (i + 1)) / count];
    return {
      drawing: i + 1 === count ? drawing : { ...drawing, strokes: strokesBetween(drawing.strokes, spans, 0, to) },
      fraction: (i + 1) / count,
      added: strokesBetween(drawing.strokes, spans, from, to),
    };
  });
}

/** What is drawn of the line between two places along it; a dot belongs to what ends at it. */
function strokesBetween(strokes: readonly Stroke[], spans: readonly number[], from: number, to: number): readonly Stroke[] {
  let end = 0;
  return strokes.flatMap((stroke, i) => {
    const span = spans[i] ?? 0;
    const start = end;
    end += span;
    if (span === 0) return start <= to && (start > from || from === 0) ? [stroke] : [];
    const [first, last] = [Math.max(from, start), Math.min(to, end)];
    if (last <= first) return [];
    return first === start && last === end ? [stroke] : [strokePart(stroke, (first - start) / span, (last - start) / span)];
  });
}
