import type { BackwardPolicy } from './policy.js';
import type { SeedTerm } from './seed.js';

/** Numbers [N, H, W, C] in plain memory, C order. */
export interface PlainValues {
  readonly shape: readonly [pictures: number, height: number, width: number, channels: number];
  readonly data: Float32Array;
}

/** A gradient from plain memory to plain memory. */
export interface PlainGradientRequest {
  /** In the network's input units. */
  readonly input: PlainValues;
  readonly seeds: readonly SeedTerm[];
  readonly policy: BackwardPolicy;
  /** Where the gradient with respect to the input is written: as many numbers as the input has, or the input's own data. */
  readonly into: Float32Array;
  readonly signal?: AbortSignal;
}
