/** Bits of a float32 that are told apart in one round, highest first: sign, exponent and three digits, then ten digits each. */
const ROUNDS = [
  { shift: 20, mask: 0xfff },
  { shift: 10, mask: 0x3ff },
  { shift: 0, mask: 0x3ff },
] as const;

/**
 * The number at rank ⌈p / 100 · (n − 1)⌉ in ascending order, p from 0 to 100: as many lie below it as below the percentile of NumPy, which
 * interpolates between two ranks. The numbers must not be negative: then their bits, read as integers, are in their order, and a histogram of the
 * bits finds the number (radix select). What is not a number counts as larger than all others; NaN of nothing.
 */
export function percentile(values: Float32Array, p: number): number {
  if (values.length === 0) return Number.NaN;
  let candidates: Int32Array = new Int32Array(values.buffer, values.byteOffset, values.length);
  let rank = Math.ceil((p * (values.length - 1)) / 100);
  let found = 0;
  for (const { shift, mask } of ROUNDS) {
    const counts = histogram(candidates, shift, mask);
    let digit = 0;
    for (let count = counts[0] ?? 0; rank >= count && digit < mask; count = counts[digit] ?? 0) {
      rank -= count;
      digit++;
    }
    found |= digit << shift;
    candidates = withDigit(candidates, shift, mask, digit, counts[digit] ?? 0);
  }
  return new Float32Array(Int32Array.of(found).buffer)[0] ?? Number.NaN;
}

/** How often each digit occurs. */
function histogram(numbers: Int32Array, shift: number, mask: number): Uint32Array {
  const counts = new Uint32Array(mask + 1);
  for (let i = 0; i < numbers.length; i++) {
    const digit = ((numbers[i] ?? 0) >>> shift) & mask;
    counts[digit] = (counts[digit] ?? 0) + 1;
  }
  return counts;
}

/** The numbers with this digit, of which there are `count`. */
function withDigit(numbers: Int32Array, shift: number, mask: number, digit: number, count: number): Int32Array {
  const kept = new Int32Array(count);
  let next = 0;
  for (let i = 0; next < count; i++) {
    const number = numbers[i] ?? 0;
    if (((number >>> shift) & mask) === digit) kept[next++] = number;
  }
  return kept;
}
