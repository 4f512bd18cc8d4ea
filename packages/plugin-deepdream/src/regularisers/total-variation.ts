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
  const rates = Float64Array.from({ length: row }, (_, i) => (step[i % channels] ?? 0) * weight * beta);
  // w r of each value's left neighbour, and w d of the one above.
  const fromLeft = new Float64Array(row + channels);
  const fromAbove = new Float64Array(row);
  const exponent = beta / 2 - 1;
  // Above 0 even for the smallest β: a power of 0 would be infinite, and 0 times that no number.
  const least = Math.max(SMALLEST ** (2 / beta), 1e-300);
  for (let y = 0; y < height; y++) {
    const start = y * row;
    const below = y + 1 < height ? row : 0;
    for (let i = 0; i < row; i++) {
      const at = start + i;
      const value = data[at] ?? 0;
      let right = i + channels < row ? (data[at + channels] ?? 0) - value : 0;
      let down = (data[at + below] ?? 0) - value;
      const gradient = (fromLeft[i] ?? 0) + (fromAbove[i] ?? 0);
      if (exponent !== 0) {
        const w = power(Math.max(right * right + down * down, least), exponent);
        right *= w;
        down *= w;
      }
      fromLeft[i + channels] = right;
      fromAbove[i] = down;
      data[at] = value - (rates[i] ?? 0) * (gradient - right - down);
    }
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
