/** Seeded random numbers: the only source of randomness in the project. Same seed, same numbers. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform integer from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** Standard normal. */
  normal(): number;
  /** An independent stream that depends only on this generator's seed and the label, not on numbers already drawn. */
  fork(label: string | number): Random;
  /** A random order of 0 … n − 1. */
  permutation(n: number): Int32Array;
  fillUniform(target: Float32Array, low: number, high: number): Float32Array;
  fillNormal(target: Float32Array, mean: number, deviation: number): Float32Array;
}
