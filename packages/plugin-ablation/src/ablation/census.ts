import type { Shape } from '@featurescope/core';
import { highFrequencyShare } from './spectrum.js';

/** The first convolution of a trained network. */
export interface FirstLayer {
  readonly layer: string;
  /** Kernel height, width, channels it sees. */
  readonly shape: Shape;
  readonly filters: number;
  /** [height, width, channels, filters]. */
  readonly kernel: Float32Array;
  /** Largest response of each filter behind its ReLU over all validation pictures. */
  readonly strongest: Float32Array;
}

/** What is wrong with a filter. */
export interface FilterState {
  /** Never active on the validation pictures. */
  readonly silent: boolean;
  /** Its norm is next to nothing beside the largest. */
  readonly vanishing: boolean;
  /** It is not dead, and most of its energy is above half the Nyquist frequency. */
  readonly aliased: boolean;
  readonly highFrequency: number;
}

/** Where filters count as dead or aliased. */
export interface CensusOptions {
  readonly deadBelow: number;
  readonly aliasedAbove: number;
}

export const isDead = ({ silent, vanishing }: FilterState): boolean => silent || vanishing;

/** Looks at every filter of a first layer. */
export function census(first: FirstLayer, { deadBelow, aliasedAbove }: CensusOptions): readonly FilterState[] {
  const filters = filtersOf(first);
  const norms = filters.map((values) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)));
  const largest = Math.max(0, ...norms);
  return filters.map((values, f) => {
    const norm = norms[f] ?? 0;
    const vanishing = norm === 0 || norm < deadBelow * largest;
    const silent = (first.strongest[f] ?? 0) === 0;
    const highFrequency = highFrequencyShare(values, first.shape);
    return { silent, vanishing, aliased: !silent && !vanishing && highFrequency > aliasedAbove, highFrequency };
  });
}

/** The values [height, width, channels] of each filter. */
export const filtersOf = ({ kernel, filters }: Pick<FirstLayer, 'kernel' | 'filters'>): readonly Float32Array[] =>
  Array.from({ length: filters }, (_, f) =>
    Float32Array.from({ length: kernel.length / filters }, (_w, i) => kernel[i * filters + f] ?? 0),
  );
