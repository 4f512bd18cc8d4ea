/** The value below which a share of the finite values lies (nearest rank); 0 for none. */
export const quantile = (values: ArrayLike<number>, share: number): number => quantiles(values, [share])[0] ?? 0;

/** The values below which shares of the finite values lie. */
export function quantiles(values: ArrayLike<number>, shares: readonly number[]): number[] {
  const sorted = Float32Array.from(values).filter(Number.isFinite).sort();
  return shares.map((share) => sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? 0);
}

/** Smallest and largest finite value; 0 and 0 for none. */
export function extremes(values: ArrayLike<number>): { readonly min: number; readonly max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : { min: 0, max: 0 };
}

/** Linear map of the finite values to 0 … 1; a constant becomes 0.5, and so does what is not finite. */
export function linearStretch(values: ArrayLike<number>): Float32Array {
  const { min, max } = extremes(values);
  return Float32Array.from(values, (value) => (max > min && Number.isFinite(value) ? (value - min) / (max - min) : 0.5));
}

/**
 * Contrast stretch of signed values to 0 … 1 by 1 / (1 + exp(log 99 · v / a)), where a < 0 is the 0.5 % quantile: a becomes
 * 0.01 and 0 becomes 0.5 (aravindhm/deconvnet_analysis). Without negative values a is the negative of the 99.5 % quantile.
 */
export function logisticStretch(values: ArrayLike<number>): Float32Array {
  const { min, max } = extremes(values);
  const [low = 0, high = 0] = quantiles(values, [0.005, 0.995]);
  const a = low < 0 ? low : min < 0 ? min : high > 0 ? -high : -max;
  return Float32Array.from(values, (value) => (a < 0 && Number.isFinite(value) ? 1 / (1 + Math.exp((Math.log(99) * value) / a)) : 0.5));
}
