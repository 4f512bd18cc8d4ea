import type { Canvas } from '../loop/canvas.js';
import type { Regulariser } from './regulariser.js';

/** x ← x − η · weight · ∇TV_β(x), η the step size (Mahendran & Vedaldi, 2015); TV_β is that of the core's objective. */
export const totalVariation = (weight: number, beta: number): Regulariser => ({
  name: 'total-variation',
  every: 1,
  change: (picture, { step }) => descend(picture, step, weight, beta),
});

/** Smallest TV_β of a pixel that its gradient is taken at, as in the core's objective: for β < 2 it is bounded where the picture is flat. */
const SMALLEST = 1e-5;

/**
 * With r and d the differences of a pixel to the right and below (0 at the border) and w = (r² + d²)^(β/2 − 1), the gradient is
 * β · (w r of the left − w r + w d of the one above − w d). In place, row by row: when a pixel changes, those to the right and below are still the
 * old ones, and of those before it only w r and w d are needed.
 */
function descend({ data, shape }: Canvas, step: readonly number[], weight: number, beta: number): void {
  const [, height, width, channels] = shape;
  const row = width * channels;
  // w d of each value of the row above.
  const above = new Float64Array(row);
  for (let y = 0; y < height; y++) {
    const values = data.subarray(y * row, (y + 1) * row);
    const below = y + 1 < height ? data.subarray((y + 1) * row, (y + 2) * row) : values;
    for (let c = 0; c < channels; c++) descendRow(values, below, above, { c, channels, rate: (step[c] ?? 0) * weight * beta, beta });
  }
}

interface Along {
  readonly c: number;
  readonly channels: number;
  readonly rate: number;
  readonly beta: number;
}

/** One channel of a row; `above` becomes what the row below needs. */
function descendRow(values: Float32Array, below: Float32Array, above: Float64Array, { c, channels, rate, beta }: Along): void {
  const exponent = beta / 2 - 1;
  // Above 0 even for the smallest β: a power of 0 would be infinite, and 0 times that no number.
  const least = Math.max(SMALLEST ** (2 / beta), 1e-300);
  let left = 0;
  let value = values[c] ?? 0;
  for (let i = c; i < values.length; i += channels) {
    const next = i + channels < values.length ? (values[i + channels] ?? 0) : value;
    let right = next - value;
    let down = (below[i] ?? 0) - value;
    if (exponent !== 0) {
      const w = power(Math.max(right * right + down * down, least), exponent);
      right *= w;
      down *= w;
    }
    values[i] = value - rate * (left + (above[i] ?? 0) - right - down);
    left = right;
    above[i] = down;
    value = next;
  }
}

/** v^exponent: by roots where it is a multiple of ¼, as for a β of 1 or 1.5, which takes a third of the time. */
function power(v: number, exponent: number): number {
  const quarters = 4 * exponent;
  if (!Number.isInteger(quarters)) return Math.exp(exponent * Math.log(v));
  const root = Math.sqrt(Math.sqrt(v));
  let result = 1;
  for (let k = Math.abs(quarters); k > 0; k--) result *= root;
  return quarters < 0 ? 1 / result : result;
}
