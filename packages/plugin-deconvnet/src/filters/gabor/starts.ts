import type { Extent } from '@featurescope/core';
import { PARAMETERS, type Quadrature } from './quadrature.js';
import { solvePositive } from './solve-positive.js';

const ORIENTATIONS = 12;
/** Cycles per pixel; the slowest is added by the kernel's size. */
const FREQUENCIES = [0.1, 0.16, 0.23, 0.31, 0.42];
/** σx and σy as shares of the kernel's longer side. */
const ENVELOPES: readonly (readonly [along: number, across: number])[] = [
  [0.16, 0.16],
  [0.16, 0.32],
  [0.3, 0.2],
  [0.32, 0.5],
];

/**
 * Where to begin: the best Gabors of a coarse grid of orientation, frequency, envelope and centre, at most one for each orientation and
 * frequency. Amplitude, phase and offset of each are solved for exactly; with a wide envelope that is the peak of the plane's spectrum.
 */
export function starts(plane: ArrayLike<number>, size: Extent, most = 6): readonly Quadrature[] {
  const side = Math.max(...size);
  const centres = [[0, 0] as const, energyCentre(plane, size), extremeAt(plane, size)];
  const cells: { readonly error: number; readonly start: Quadrature }[] = [];
  for (const frequency of [0.5 / side, ...FREQUENCIES])
    for (let i = 0; i < ORIENTATIONS; i++) {
      const theta = (Math.PI * i) / ORIENTATIONS;
      const inCell = centres.flatMap(([x, y]) =>
        ENVELOPES.map(([along, across]) =>
          solved(plane, size, [x, y, theta, 2 * Math.PI * frequency, Math.log(along * side), Math.log(across * side)]),
        ),
      );
      cells.push(inCell.reduce((best, other) => (other.error < best.error ? other : best)));
    }
  return cells
    .toSorted((a, b) => a.error - b.error)
    .slice(0, most)
    .map(({ start }) => start);
}

/** The Gabor of this shape that is nearest to the plane, by linear least squares in a, b and the offset. */
function solved(plane: ArrayLike<number>, [height, width]: Extent, shape: readonly number[]): { error: number; start: Quadrature } {
  const [x0 = 0, y0 = 0, theta = 0, k = 0, logX = 0, logY = 0] = shape;
  const [cos, sin, precisionX, precisionY] = [Math.cos(theta), Math.sin(theta), Math.exp(-2 * logX), Math.exp(-2 * logY)];
  let [ee, eo, oo, e1, o1, ev, ov, v1, vv] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  const n = height * width;
  for (let i = 0; i < n; i++) {
    const dx = (i % width) - (width - 1) / 2 - x0;
    const dy = Math.floor(i / width) - (height - 1) / 2 - y0;
    const along = dx * cos + dy * sin;
    const across = dy * cos - dx * sin;
    const envelope = Math.exp(-0.5 * (along * along * precisionX + across * across * precisionY));
    const [even, odd, value] = [envelope * Math.cos(k * along), -envelope * Math.sin(k * along), plane[i] ?? 0];
    ee += even * even;
    eo += even * odd;
    oo += odd * odd;
    e1 += even;
    o1 += odd;
    ev += even * value;
    ov += odd * value;
    v1 += value;
    vv += value * value;
  }
  // A trace of damping: an even and an odd wave are alike where the kernel samples them alike.
  const trace = 1e-6 * n;
  const normal = Float64Array.of(ee + trace, eo, e1, eo, oo + trace, o1, e1, o1, n + trace);
  const [a = 0, b = 0, offset = 0] = solvePositive(normal, Float64Array.of(ev, ov, v1)) ?? [];
  const fitted = a * a * ee + b * b * oo + offset * offset * n + 2 * (a * b * eo + a * offset * e1 + b * offset * o1);
  const start = new Float64Array(PARAMETERS);
  start.set([...shape, a, b, offset]);
  return { error: vv - 2 * (a * ev + b * ov + offset * v1) + fitted, start };
}

/** Mean place of the plane's energy, from its middle. */
function energyCentre(plane: ArrayLike<number>, [height, width]: Extent): readonly [x: number, y: number] {
  let [energy, x, y] = [0, 0, 0];
  for (let i = 0; i < height * width; i++) {
    const share = (plane[i] ?? 0) ** 2;
    energy += share;
    x += share * (i % width);
    y += share * Math.floor(i / width);
  }
  return energy > 0 ? [x / energy - (width - 1) / 2, y / energy - (height - 1) / 2] : [0, 0];
}

/** Place of the largest magnitude, from the plane's middle. */
function extremeAt(plane: ArrayLike<number>, [height, width]: Extent): readonly [x: number, y: number] {
  let at = 0;
  for (let i = 0; i < height * width; i++) if (Math.abs(plane[i] ?? 0) > Math.abs(plane[at] ?? 0)) at = i;
  return [(at % width) - (width - 1) / 2, Math.floor(at / width) - (height - 1) / 2];
}
