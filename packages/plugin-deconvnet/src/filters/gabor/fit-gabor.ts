import type { Extent } from '@featurescope/core';
import type { Gabor } from './gabor.js';
import { levenbergMarquardt, type Minimum } from './levenberg-marquardt.js';
import { gaborProblem, lowestFrequency, PARAMETERS, toGabor } from './quadrature.js';
import { starts } from './starts.js';

/** A Gabor fitted to a plane of a filter. */
export interface GaborFit {
  readonly gabor: Gabor;
  /** Share of the plane's variance that the Gabor explains: 1 − residual / variance, from 0 to 1. */
  readonly r2: number;
  /** r2 with a penalty for the nine parameters, 1 − (1 − r2) (n − 1) / (n − 9), not below 0. */
  readonly adjustedR2: number;
  /** Root of the mean squared residual, in the plane's units. */
  readonly residual: number;
  /** Whether the frequency is the lowest that is tried, a quarter of a cycle over the kernel: a blob or an edge rather than a wave. */
  readonly unresolved: boolean;
}

/** Deviation, as a share of the largest magnitude, up to which a plane of single-precision numbers is a constant. */
const ROUNDING = 1e-6;

/** Whether a kernel of this size has more values than a Gabor has parameters. */
export const canBeFitted = ([height, width]: Extent): boolean => height * width > PARAMETERS;

/**
 * The Gabor nearest to a plane [height, width] by least squares: the best of several starts. A constant plane has none: amplitude,
 * frequency and r2 are 0.
 */
export function fitGabor(plane: ArrayLike<number>, size: Extent): GaborFit {
  const values = Float64Array.from(plane);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const deviation = Math.sqrt(variance);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!(deviation > ROUNDING * largest)) return noFit(size, mean);
  const standard = values.map((value) => (value - mean) / deviation);
  const problem = gaborProblem(standard, size);
  const minima = starts(standard, size).map((start) => levenbergMarquardt(problem, start));
  const { parameters, error } = minima.reduce((best: Minimum, other) => (other.error < best.error ? other : best));
  const gabor = toGabor(parameters, size, deviation);
  const unexplained = Math.min(error / values.length, 1);
  const free = values.length - PARAMETERS;
  return {
    gabor: { ...gabor, offset: gabor.offset + mean },
    r2: 1 - unexplained,
    adjustedR2: free > 0 ? Math.max(1 - (unexplained * (values.length - 1)) / free, 0) : 0,
    residual: Math.sqrt(unexplained) * deviation,
    unresolved: gabor.frequency <= lowestFrequency(size) * (1 + 1e-6),
  };
}

/** What stands for the fit of a plane that has no shape. */
export const noFit = ([height, width]: Extent, offset = 0): GaborFit => ({
  gabor: {
    orientation: 0,
    frequency: 0,
    phase: 0,
    sigmaX: 0,
    sigmaY: 0,
    amplitude: 0,
    centre: [(width - 1) / 2, (height - 1) / 2],
    offset,
  },
  r2: 0,
  adjustedR2: 0,
  residual: 0,
  unresolved: true,
});
