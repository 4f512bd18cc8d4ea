import { type Drawing, drawingValues, type InputSpec, type Stroke, strokeParts, strokePreprocessing } from '@featurescope/core';

/** Strokes on the canvas of a drawing as a network is to see them. */
export interface Shown {
  readonly drawing: Drawing;
  /** Part of each stroke, from 0, for networks that see stroke-order channels; left out: strokes are dealt out anew. */
  readonly parts?: ArrayLike<number>;
}

/** Parts into which a network's strokes are dealt out; 1 for one that does not see their order. */
export const partsSeen = (spec: InputSpec): number => strokePreprocessing(spec)?.parts ?? 1;

/** The part in which a network sees each stroke of a drawing, from 0. */
export function partsOf(drawing: Drawing, spec: InputSpec): Int32Array {
  const strokes = strokePreprocessing(spec);
  return strokes ? strokeParts(drawing, strokes.parts, strokes.split) : new Int32Array(drawing.strokes.length);
}

/**
 * Strokes in the network's input units, [H, W, C] of its own size; no stroke at all is an empty canvas. `source` names the drawing in
 * messages. @throws FeaturescopeError when the network takes another number of channels
 */
export function shownValues({ drawing, parts }: Shown, spec: InputSpec, source?: string): Float32Array {
  const strokes = strokePreprocessing(spec);
  if (!parts || !strokes || strokes.parts === 1) return drawingValues(drawing, spec, 'model', source).data;
  const { preprocessing } = spec;
  const even: InputSpec = preprocessing ? { ...spec, preprocessing: { ...preprocessing, strokes: { ...strokes, split: 'even' } } } : spec;
  return drawingValues(inParts(drawing, parts, strokes.parts), even, 'model', source).data;
}

/** A stroke without ink. */
const NOTHING: Stroke = { x: new Float64Array(), y: new Float64Array() };

/** The same strokes in an order in which an even split gives them these parts: every part is filled up with strokes without ink. */
function inParts(drawing: Drawing, parts: ArrayLike<number>, count: number): Drawing {
  const groups = Array.from({ length: count }, (_, part) => drawing.strokes.filter((_, i) => parts[i] === part));
  const most = Math.max(...groups.map(({ length }) => length));
  return { ...drawing, strokes: groups.flatMap((group) => [...group, ...Array.from({ length: most - group.length }, () => NOTHING)]) };
}
