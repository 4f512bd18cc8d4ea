/** The value below which a share of the finite values lies (nearest rank); 0 for none. */
export const quantile = (values: ArrayLike<number>, share: number): number => quantiles(values, [share])[0] ?? 0;

/** The values below which shares of the finite values lie. */
export function quantiles(values: ArrayLike<number>, shares: readonly number[]): number[] {
  const keys = sortKeys(values);
  return shares.map((share) => (keys.length === 0 ? 0 : numberOf(keyAt(keys, Math.min(Math.floor(share * keys.length), keys.length - 1)))));
}

/** Integers in the order of the finite values in single precision: their bits, all turned over for negative numbers, else the sign alone. */
function sortKeys(values: ArrayLike<number>): Uint32Array {
  const numbers = new Float32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = Math.fround(values[i] ?? 0);
    if (Number.isFinite(value)) numbers[count++] = value;
  }
  const keys = new Uint32Array(numbers.buffer, 0, count);
  for (let i = 0; i < count; i++) {
    const bits = keys[i] ?? 0;
    keys[i] = bits >>> 31 ? ~bits : bits ^ SIGN;
  }
  return keys;
}

const SIGN = 0x80000000;

const numberOf = (key: number): number => new Float32Array(Uint32Array.of(key >>> 31 ? key ^ SIGN : ~key).buffer)[0] ?? 0;

/** The key of a rank, byte by byte: far faster than sorting. */
function keyAt(keys: Uint32Array, rank: number): number {
  let found = 0;
  let before = rank;
  for (let shift = 24; shift >= 0; shift -= 8) {
    const counts = new Uint32Array(256);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] ?? 0;
      const byte = (key >>> shift) & 255;
      const sharesHigherBytes = (key ^ found) >>> shift < 256;
      if (sharesHigherBytes) counts[byte] = (counts[byte] ?? 0) + 1;
    }
    let byte = 0;
    while (before >= (counts[byte] ?? 0)) before -= counts[byte++] ?? 0;
    found |= byte << shift;
  }
  return found >>> 0;
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
  return mapped(values, (value) => (max > min && Number.isFinite(value) ? (value - min) / (max - min) : 0.5));
}

/** Linear map of magnitudes to 0 … 1: 0 becomes 0 and the 99.5 % quantile 1, as does what is beyond; a constant, and what is not finite, becomes 0.5. */
export function magnitudeStretch(values: ArrayLike<number>): Float32Array {
  const { min, max } = extremes(values);
  const scale = quantile(values, 0.995) || max;
  return mapped(values, (value) => (max > min && Number.isFinite(value) ? Math.min(Math.max(value / scale, 0), 1) : 0.5));
}

/**
 * Contrast stretch of signed values to 0 … 1 by 1 / (1 + exp(log 99 · v / a)), where a < 0 is the 0.5 % quantile: a becomes
 * 0.01 and 0 becomes 0.5 (aravindhm/deconvnet_analysis). Without negative values a is the negative of the 99.5 % quantile.
 */
export function logisticStretch(values: ArrayLike<number>): Float32Array {
  const { min, max } = extremes(values);
  const [low = 0, high = 0] = quantiles(values, [0.005, 0.995]);
  const a = low < 0 ? low : min < 0 ? min : high > 0 ? -high : -max;
  return mapped(values, (value) => (a < 0 && Number.isFinite(value) ? 1 / (1 + Math.exp((Math.log(99) * value) / a)) : 0.5));
}

/** `Float32Array.from` with a function, many times faster. */
function mapped(values: ArrayLike<number>, change: (value: number) => number): Float32Array {
  const result = new Float32Array(values.length);
  for (let i = 0; i < result.length; i++) result[i] = change(values[i] ?? 0);
  return result;
}
