import type { Stroke } from '@featurescope/core';

type Point = readonly [x: number, y: number];

/** How far, in units of the canvas, a curve may be from the lines that stand for it. */
const TOLERANCE = 0.05;

/** Gathers lines and cubic curves into a stroke. */
export class StrokePath {
  readonly #x: number[];
  readonly #y: number[];
  readonly #knots = [0];

  constructor([x, y]: Point) {
    this.#x = [x];
    this.#y = [y];
  }

  lineTo([x, y]: Point): void {
    this.#x.push(x);
    this.#y.push(y);
    this.#knots.push(this.#x.length - 1);
  }

  /** A cubic Bézier curve, as so many lines of equal parameter that none is farther from it than the tolerance. */
  curveTo(first: Point, second: Point, end: Point): void {
    const start: Point = [this.#x.at(-1) ?? 0, this.#y.at(-1) ?? 0];
    const bend = Math.max(secondDifference(start, first, second), secondDifference(first, second, end));
    // The second derivative is at most 6 · bend, and a chord over 1/n of the parameter is off by at most an eighth of it over n².
    const pieces = Math.max(1, Math.ceil(Math.sqrt((0.75 * bend) / TOLERANCE)));
    for (let i = 1; i < pieces; i++) {
      const t = i / pieces;
      const s = 1 - t;
      const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
      this.#x.push(a * start[0] + b * first[0] + c * second[0] + d * end[0]);
      this.#y.push(a * start[1] + b * first[1] + c * second[1] + d * end[1]);
    }
    this.lineTo(end);
  }

  stroke(): Stroke {
    return { x: Float64Array.from(this.#x), y: Float64Array.from(this.#y), knots: this.#knots };
  }
}

const secondDifference = (a: Point, b: Point, c: Point): number => Math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1]);
