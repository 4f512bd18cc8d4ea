/** Product of the sizes, NaN when one of them is no whole number ≥ 0 or the product is not exact. */
export const elementCount = (shape: readonly number[]): number => {
  let count = 1;
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || size < 0) return Number.NaN;
    count *= size;
  }
  return Number.isSafeInteger(count) ? count : Number.NaN;
};
