import { type Extent, quantile, type Random } from '@featurescope/core';
import type { Filter, Kernels } from '../kernels.js';
import { fitGabor, type GaborFit } from './fit-gabor.js';
import { luminancePlane, type Plane, principalPlane } from './plane.js';

/** A filter, the plane that stands for it, and the Gabor that is nearest to that plane. */
export interface FittedFilter {
  readonly index: number;
  readonly plane: Plane;
  readonly fit: GaborFit;
}

/** How filters become planes. */
export interface Projection {
  readonly channels: number;
  readonly luminance?: 'rgb' | 'bgr';
}

export const planeOf = (values: ArrayLike<number>, { channels, luminance }: Projection): Plane =>
  luminance ? luminancePlane(values, luminance) : principalPlane(values, channels);

export function fitFilter({ index, values }: Filter, size: Extent, projection: Projection): FittedFilter {
  const plane = planeOf(values, projection);
  return { index, plane, fit: fitGabor(plane.values, size) };
}

/** A filter of white noise, of the size of those looked at. */
export function noiseFilter(
  { size: [height, width], channels }: Pick<Kernels, 'size' | 'channels'>,
  index: number,
  random: Random,
): Filter {
  return { index, values: random.fork(index).fillNormal(new Float32Array(height * width * channels), 0, 1) };
}

/** r² that one noise filter in twenty exceeds; 0 for none. */
export const noiseLevel = (noise: readonly FittedFilter[]): number =>
  quantile(
    noise.map(({ fit }) => fit.r2),
    0.95,
  );

/** Fits that explain enough. */
export const wellFitted = (fits: readonly FittedFilter[], least: number): readonly FittedFilter[] =>
  fits.filter(({ fit }) => fit.r2 >= least && fit.r2 > 0);
