import { boundsOf, type Drawing, mapPoints, type Random, type Stroke } from '@featurescope/core';
import { canvasUnit } from './canvas-unit.js';
import { movingLeastSquares, type Point } from './moving-least-squares.js';

/** Deviation of a control, in pixels of a canvas of 800. */
export const GLOBAL_STRENGTH = 30;
/** Draws for one control before it stays where it is. */
const DRAWS = 11;
/** Pixels of a canvas of 800 from the border to which what has left it is pulled back. */
const MARGIN = 10;

/**
 * Deforms the whole drawing (Yu et al., IJCV 2017): its outermost points to the four sides move by normal numbers along each axis, drawn
 * again when that would change their order, and the rest follows by moving least squares with rigid motions. What would leave the canvas is
 * pulled back by a second such deformation.
 */
export function deformGlobally(drawing: Drawing, random: Random, strength = GLOBAL_STRENGTH): Drawing {
  const unit = canvasUnit(drawing);
  const from = outermost(drawing.strokes);
  const to = moved(from, strength * unit, random);
  const deformed = mapPoints(drawing, movingLeastSquares(from, to, 'rigid'));
  return leavesCanvas(deformed) ? pulledBack(deformed, MARGIN * unit) : deformed;
}

/** The points farthest to the right, the bottom, the left and the top, each once; the first of several. */
function outermost(strokes: readonly Stroke[]): readonly Point[] {
  const points = strokes.flatMap(({ x, y }) => Array.from(x, (value, i): Point => [value, y[i] ?? 0]));
  const best = (value: (point: Point) => number): readonly Point[] => {
    const [first] = points;
    return first ? [points.reduce((sofar, point) => (value(point) > value(sofar) ? point : sofar), first)] : [];
  };
  const extremes = [best(([x]) => x), best(([, y]) => y), best(([x]) => -x), best(([, y]) => -y)].flat();
  return extremes.filter(([x, y], i) => extremes.findIndex((other) => other[0] === x && other[1] === y) === i);
}

function moved(from: readonly Point[], deviation: number, random: Random): readonly Point[] {
  const to = [...from];
  from.forEach((point, i) => {
    for (let draw = 0; draw < DRAWS; draw++) {
      const candidate: Point = [point[0] + deviation * random.normal(), point[1] + deviation * random.normal()];
      if (!to.every((other, j) => j === i || sameOrder(point, from[j] ?? other, candidate, other))) continue;
      to[i] = candidate;
      return;
    }
  });
  return to;
}

/** Whether two points lie to each other as they did, to the left or right and above or below. */
const sameOrder = (before: Point, otherBefore: Point, after: Point, otherAfter: Point): boolean =>
  Math.sign(before[0] - otherBefore[0]) * (after[0] - otherAfter[0]) >= 0 &&
  Math.sign(before[1] - otherBefore[1]) * (after[1] - otherAfter[1]) >= 0;

function leavesCanvas({ strokes, width, height }: Drawing): boolean {
  const bounds = boundsOf(strokes);
  return bounds !== undefined && (bounds.left < 0 || bounds.top < 0 || bounds.right > width || bounds.bottom > height);
}

function pulledBack(drawing: Drawing, margin: number): Drawing {
  const from = outermost(drawing.strokes);
  const inside = (value: number, side: number): number =>
    value < 0 ? Math.min(margin, side / 2) : value > side ? Math.max(side - margin, side / 2) : value;
  const to = from.map(([x, y]): Point => [inside(x, drawing.width), inside(y, drawing.height)]);
  return mapPoints(drawing, movingLeastSquares(from, to, 'rigid'));
}
