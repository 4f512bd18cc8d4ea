import { type Drawing, mapStroke, type Random, type Stroke, strokeLength } from '@featurescope/core';
import { canvasUnit } from './canvas-unit.js';
import { controlsOf, isCurved } from './controls.js';
import { movingLeastSquares, type Point } from './moving-least-squares.js';

/** Deviation of a control of a curved stroke that is almost straight, in pixels of a canvas of 800. */
export const LOCAL_STRENGTH = 15;

/**
 * Deforms each curved stroke by itself (Yu et al., IJCV 2017): all controls but one move by strength · r · ratio · |N(0, 1)| along
 * each axis, with one sign r for a stroke and axis, and ratio the distance of its ends over its length; the rest follows by moving least
 * squares with similarities. Straight strokes stay.
 */
export function deformLocally(drawing: Drawing, random: Random, strength = LOCAL_STRENGTH): Drawing {
  const unit = canvasUnit(drawing);
  return { ...drawing, strokes: drawing.strokes.map((stroke, i) => deformStroke(stroke, unit, strength * unit, random.fork(i))) };
}

function deformStroke(stroke: Stroke, unit: number, strength: number, random: Random): Stroke {
  const controls = controlsOf(stroke, unit);
  const length = strokeLength(stroke, controls);
  if (!isCurved(stroke, controls) || length === 0) return stroke;
  const from = controls.map((i): Point => [stroke.x[i] ?? 0, stroke.y[i] ?? 0]);
  const deviation = (strength * chord(stroke)) / length;
  const [signX, signY] = [sign(random), sign(random)];
  const fixed = random.integer(0, from.length - 1);
  const to = from.map(([x, y], i): Point => {
    const [moveX, moveY] = [Math.abs(random.normal()), Math.abs(random.normal())];
    return i === fixed ? [x, y] : [x + signX * deviation * moveX, y + signY * deviation * moveY];
  });
  return mapStroke(stroke, movingLeastSquares(from, to, 'similarity'));
}

const sign = (random: Random): number => (random.uniform() < 0.5 ? -1 : 1);

/** Distance of the ends. */
const chord = ({ x, y }: Stroke): number => Math.hypot((x.at(-1) ?? 0) - (x[0] ?? 0), (y.at(-1) ?? 0) - (y[0] ?? 0));
