import type { Shape } from '../network/layer.js';

/** One value of an activation. */
export interface StrongestUnit {
  readonly unit: number;
  readonly at: readonly [y: number, x: number];
  readonly value: number;
}

/**
 * The channel with the largest value of an activation [H, W, C] (or the given one) and the position of that value (or the
 * given one). Of equal channels the first counts, of equal positions the first in row-major order.
 */
export function strongestUnit(
  values: ArrayLike<number>,
  [height, width, channels]: Shape,
  given: { readonly unit?: number; readonly at?: readonly [number, number] } = {},
): StrongestUnit {
  let best: StrongestUnit | undefined;
  const rows = given.at ? [given.at[0]] : range(height);
  const columns = given.at ? [given.at[1]] : range(width);
  for (const unit of given.unit === undefined ? range(channels) : [given.unit])
    for (const y of rows)
      for (const x of columns) {
        const value = values[(y * width + x) * channels + unit] ?? Number.NaN;
        if (!best || value > best.value || (Number.isNaN(best.value) && !Number.isNaN(value))) best = { unit, at: [y, x], value };
      }
  return best ?? { unit: given.unit ?? 0, at: given.at ?? [0, 0], value: Number.NaN };
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
