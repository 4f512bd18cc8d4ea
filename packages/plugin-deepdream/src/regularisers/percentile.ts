/**
 * Value below which `p` percent (0…100) of the numbers lie: the one at rank p / 100 · (n − 1) in ascending order, between
 * two ranks by linear interpolation (the default of NumPy). p = 0 gives the smallest, p = 100 the largest; NaN of nothing.
 */
export function percentile(values: Float32Array, p: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.slice();
  const rank = (Math.min(Math.max(p, 0), 100) / 100) * (sorted.length - 1);
  const lower = Math.floor(rank);
  const at = select(sorted, lower);
  if (rank === lower) return at;
  const next = sorted.subarray(lower + 1).reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  return at + (rank - lower) * (next - at);
}

/** Quickselect (Hoare, 1961): the k-th smallest, which then stands at k with no larger number before and no smaller after it. */
function select(values: Float32Array, k: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = middle(values[low] ?? 0, values[(low + high) >> 1] ?? 0, values[high] ?? 0);
    let i = low;
    let j = high;
    while (i <= j) {
      while ((values[i] ?? pivot) < pivot) i++;
      while ((values[j] ?? pivot) > pivot) j--;
      if (i > j) break;
      swap(values, i++, j--);
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k] ?? 0;
}

const middle = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

function swap(values: Float32Array, i: number, j: number): void {
  const value = values[i] ?? 0;
  values[i] = values[j] ?? 0;
  values[j] = value;
}
