import { get } from '../reference/array4.js';

/** Largest difference allowed, relative to the largest expected number or 1. */
const TOLERANCE = 1e-4;

interface Numbers {
  readonly shape?: readonly number[];
  readonly data: ArrayLike<number>;
}

/** @throws Error telling where and by how much, when shapes differ or numbers differ by more than 1e-4 · max(1, max |expected|) */
export function assertClose(actual: Numbers, expected: Numbers, what: string): void {
  const shapes = [actual.shape, expected.shape].map((shape) => shape?.join('×'));
  if (actual.shape && expected.shape && shapes[0] !== shapes[1]) throw new Error(`${what}: shape ${shapes[0]}, expected ${shapes[1]}`);
  if (actual.data.length !== expected.data.length)
    throw new Error(`${what}: ${actual.data.length} numbers, expected ${expected.data.length}`);
  let [worst, where, largest] = [0, -1, 1];
  for (let i = 0; i < expected.data.length; i++) {
    const difference = Math.abs(get(actual.data, i) - get(expected.data, i));
    largest = Math.max(largest, Math.abs(get(expected.data, i)));
    if (!(difference <= worst)) [worst, where] = [difference, i];
    if (Number.isNaN(difference)) break;
  }
  if (worst <= TOLERANCE * largest) return;
  const values = `${get(actual.data, where)} instead of ${get(expected.data, where)}`;
  throw new Error(`${what}: number ${where} of ${expected.data.length}${expected.shape ? ` (${shapes[1]})` : ''} is ${values}`);
}

export function assertEqual(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: ${a}, expected ${b}`);
}

/** Gives the reason of a rejection. @throws Error when the promise is fulfilled */
export async function assertRejects(promise: Promise<unknown>, what: string): Promise<unknown> {
  let fulfilled: unknown;
  try {
    fulfilled = await promise;
  } catch (reason) {
    return reason;
  }
  throw new Error(`${what}: expected a rejection, got ${typeof fulfilled}`);
}
