import type { Extent } from '@featurescope/core';
import { canonical, type Gabor } from './gabor.js';
import type { LeastSquares } from './levenberg-marquardt.js';

/**
 * Parameters in which a Gabor is fitted: x0, y0 from the kernel's middle, θ, k = 2πf, ln σx, ln σy, and a = A cos φ, b = A sin φ and
 * the offset, of which it is a linear function: G · (a cos kx' − b sin kx') + offset.
 */
export type Quadrature = Float64Array;

export const PARAMETERS = 9;

/** Smallest σ in pixels: narrower ones fit single values. */
const NARROWEST = 0.4;

/** A quarter of a cycle over the kernel's longer side: slower waves cannot be told from their envelope, and their amplitude grows without end. */
export const lowestFrequency = (size: Extent): number => 0.25 / Math.max(...size);

/** The residuals of a plane [height, width] from a Gabor, with their derivatives. */
export function gaborProblem(plane: ArrayLike<number>, [height, width]: Extent): LeastSquares {
  const [middleX, middleY, side] = [(width - 1) / 2, (height - 1) / 2, Math.max(height, width)];
  const logs = [Math.log(NARROWEST), Math.log(2 * side)] as const;
  const slowest = 2 * Math.PI * lowestFrequency([height, width]);
  return {
    parameters: PARAMETERS,
    residuals: height * width,
    bounds(p) {
      const theta = p[2] ?? 0;
      // Along neither axis faster than half a cycle per pixel (Nyquist).
      const fastest = Math.PI / Math.max(Math.abs(Math.cos(theta)), Math.abs(Math.sin(theta)));
      const [far, no] = [[width / 2, height / 2] as const, Number.POSITIVE_INFINITY];
      return {
        low: [-far[0], -far[1], -no, slowest, logs[0], logs[0], -no, -no, -no],
        high: [far[0], far[1], no, fastest, logs[1], logs[1], no, no, no],
      };
    },
    evaluate(p, residuals, jacobian) {
      const [x0 = 0, y0 = 0, theta = 0, k = 0, logX = 0, logY = 0, a = 0, b = 0, offset = 0] = p;
      const [cos, sin, precisionX, precisionY] = [Math.cos(theta), Math.sin(theta), Math.exp(-2 * logX), Math.exp(-2 * logY)];
      for (let i = 0; i < residuals.length; i++) {
        const dx = (i % width) - middleX - x0;
        const dy = Math.floor(i / width) - middleY - y0;
        const along = dx * cos + dy * sin;
        const across = dy * cos - dx * sin;
        const [partX, partY] = [along * precisionX, across * precisionY];
        const envelope = Math.exp(-0.5 * (along * partX + across * partY));
        const [even, odd] = [envelope * Math.cos(k * along), envelope * Math.sin(k * along)];
        const value = a * even - b * odd;
        residuals[i] = value + offset - (plane[i] ?? 0);
        if (!jacobian) continue;
        const slope = -a * odd - b * even;
        const byAlong = slope * k - value * partX;
        const byAcross = -value * partY;
        const row = i * PARAMETERS;
        jacobian[row] = -byAlong * cos + byAcross * sin;
        jacobian[row + 1] = -byAlong * sin - byAcross * cos;
        jacobian[row + 2] = byAlong * across - byAcross * along;
        jacobian[row + 3] = slope * along;
        jacobian[row + 4] = value * along * partX;
        jacobian[row + 5] = value * across * partY;
        jacobian[row + 6] = even;
        jacobian[row + 7] = -odd;
        jacobian[row + 8] = 1;
      }
    },
  };
}

/** What the parameters say, for a plane that was divided by `scale` before it was fitted. */
export function toGabor(p: Quadrature, [height, width]: Extent, scale: number): Gabor {
  const [x0 = 0, y0 = 0, orientation = 0, k = 0, logX = 0, logY = 0, a = 0, b = 0, offset = 0] = p;
  return canonical({
    orientation,
    frequency: k / (2 * Math.PI),
    phase: Math.atan2(b, a),
    sigmaX: Math.exp(logX),
    sigmaY: Math.exp(logY),
    amplitude: Math.hypot(a, b) * scale,
    centre: [x0 + (width - 1) / 2, y0 + (height - 1) / 2],
    offset: offset * scale,
  });
}
