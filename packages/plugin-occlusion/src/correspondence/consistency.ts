/** Share of the largest magnitude of a layer up to which a difference counts as none: passes agree to about six digits. */
export const ROUNDING = 1e-5;

/** sign(x − x̃) of features with and without a part, −1, 0 or 1 each; differences within `tolerance` are 0. */
export function signsOf(original: Float32Array, occluded: Float32Array, tolerance: number): Int8Array {
  const signs = new Int8Array(original.length);
  for (let i = 0; i < signs.length; i++) {
    const difference = (original[i] ?? 0) - (occluded[i] ?? 0);
    if (Math.abs(difference) > tolerance) signs[i] = Math.sign(difference);
  }
  return signs;
}

/** The largest difference between features that is put down to rounding. */
export function toleranceOf(features: Float32Array): number {
  let most = 0;
  for (let i = 0; i < features.length; i++) most = Math.max(most, Math.abs(features[i] ?? 0));
  return most * ROUNDING;
}

/** Share of the places at which two sign vectors of one length differ. */
export function hamming(a: Int8Array, b: Int8Array): number {
  let different = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) different++;
  return different / a.length;
}

/** Distances of all pairs i < j; ordered pairs i ≠ j have each of them twice. */
export const pairDistances = (signs: readonly Int8Array[]): number[] =>
  signs.flatMap((first, i) => signs.slice(i + 1).map((second) => hamming(first, second)));

/** How consistently features change: the smaller, the more. */
export interface Consistency {
  /** Mean distance over ordered pairs i ≠ j (Zeiler & Fergus, arXiv:1311.2901, section 4.3, divided by the number of pairs). */
  readonly mean: number;
  /** Standard deviation of the distances about it, divided by their number. */
  readonly deviation: number;
  /** Ordered pairs. */
  readonly pairs: number;
}

/** From the distances of unordered pairs. */
export function consistencyOf(distances: readonly number[]): Consistency {
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  const variance = distances.reduce((sum, distance) => sum + (distance - mean) ** 2, 0) / distances.length;
  return { mean, deviation: Math.sqrt(variance), pairs: 2 * distances.length };
}
