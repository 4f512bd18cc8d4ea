/** Ranks from 1; equal values share the mean of theirs. */
export function ranks(values: Float32Array): Float64Array {
  const sorted = values.slice().sort();
  return Float64Array.from(values, (value) => (below(sorted, value) + notAbove(sorted, value) + 1) / 2);
}

const below = (sorted: Float32Array, value: number): number => firstIndex(sorted, (other) => other >= value);
const notAbove = (sorted: Float32Array, value: number): number => firstIndex(sorted, (other) => other > value);

/** Index of the first value that passes a test which all that follow it pass too; the length when none does. */
function firstIndex(sorted: Float32Array, passes: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(sorted[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Rank correlation of Spearman from two arrays of ranks: the correlation of the ranks, from −1 to 1. Where it is not defined, since all
 * values of one are equal, it is 0, and 1 when those of the other are equal too.
 */
export function spearman(a: Float64Array, b: Float64Array): number {
  const mean = (a.length + 1) / 2;
  let [product, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [(a[i] ?? 0) - mean, (b[i] ?? 0) - mean];
    product += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  if (ofA === 0 || ofB === 0) return ofA === ofB ? 1 : 0;
  return product / Math.sqrt(ofA * ofB);
}
