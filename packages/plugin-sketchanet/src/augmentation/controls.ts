import { type Stroke, simplified } from '@featurescope/core';

/** Pixels of the reference canvas by which the lines between controls may miss a recorded stroke. */
const TOLERANCE = 6;

/**
 * Indices of the points that carry the shape of a stroke: the ends of its curves or, of a recorded one, the points that stay when it is
 * simplified. `unit` as of `canvasUnit`.
 */
export const controlsOf = (stroke: Stroke, unit: number): readonly number[] => stroke.knots ?? simplified(stroke, TOLERANCE * unit);

/** Whether a stroke bends: it has curves or, recorded, more than one line is needed to follow it. */
export const isCurved = (stroke: Stroke, controls: readonly number[]): boolean =>
  stroke.knots ? stroke.x.length > controls.length : controls.length > 2;
