import type { Random } from '@featurescope/core';

/** A picture of ink with normal noise of a deviation, kept within 0 … 1. */
export const withNoise = (plane: Float32Array, deviation: number, random: Random): Float32Array =>
  deviation === 0 ? plane : plane.map((ink) => Math.min(1, Math.max(0, ink + deviation * random.normal())));
