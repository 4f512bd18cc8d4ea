import type { Canvas } from '../loop/canvas.js';
import type { Regulariser } from './regulariser.js';

/** Standard deviations at which the Gaussian is cut off. */
const REACH = 3;

/**
 * x ← G_σ * x every n-th iteration (Yosinski et al., 2015), σ in pixels. Beyond the border nothing is assumed: the weights
 * inside are scaled to sum 1, so that a constant picture stays as it is.
 */
export function blur(sigma: number, every: number): Regulariser {
  const kernel = gaussian(sigma);
  return { name: 'blur', every, change: (picture) => convolve(picture, kernel) };
}

/** exp(−i² / 2σ²) for 0 ≤ i ≤ ⌈3σ⌉, scaled so that all weights on both sides have sum 1. */
export function gaussian(sigma: number): Float64Array {
  const values = Float64Array.from({ length: Math.ceil(REACH * sigma) + 1 }, (_, i) => Math.exp(-(i ** 2) / (2 * sigma ** 2)));
  const total = values.reduce((sum, value) => sum + 2 * value, -1);
  return values.map((value) => value / total);
}

/**
 * Down and then across, in place, row by row: the rows below are still the old ones, and of those above as many as the kernel reaches are kept.
 * `kernel`: the half of a symmetric one from its middle.
 */
function convolve({ data, shape }: Canvas, kernel: Float64Array): void {
  const [, height, width, channels] = shape;
  const row = width * channels;
  const radius = kernel.length - 1;
  const kept = Math.min(radius, height);
  const above = new Float32Array(kept * row);
  const nothing = new Float32Array(row);
  // A row with nothing on both sides, so that across no border is to be minded.
  const border = radius * channels;
  const padded = new Float32Array(row + 2 * border);
  const sums = new Float64Array(row);
  const columns = perValue(insideScale(width, kernel), channels);
  const rows = insideScale(height, kernel);
  for (let y = 0; y < height; y++) {
    const start = y * row;
    weigh(sums, data, start, kernel[0] ?? 0);
    for (let k = 1; k <= radius; k++) {
      const [over, under] = [y - k, y + k];
      addPair(
        sums,
        over < 0 ? nothing : above,
        over < 0 ? 0 : (over % kept) * row,
        under < height ? data : nothing,
        under < height ? under * row : 0,
        kernel[k] ?? 0,
      );
    }
    above.set(data.subarray(start, start + row), (y % kept) * row);
    const scale = rows[y] ?? 0;
    for (let i = 0; i < row; i++) padded[border + i] = scale * (sums[i] ?? 0);
    weigh(sums, padded, border, kernel[0] ?? 0);
    for (let k = 1; k <= radius; k++) addPair(sums, padded, border - k * channels, padded, border + k * channels, kernel[k] ?? 0);
    for (let i = 0; i < row; i++) data[start + i] = (columns[i] ?? 0) * (sums[i] ?? 0);
  }
}

/** weight · a row that starts at `start`. */
function weigh(into: Float64Array, from: Float32Array, start: number, weight: number): void {
  for (let i = 0; i < into.length; i++) into[i] = weight * (from[start + i] ?? 0);
}

/** Adds weight · (a + b), two rows that start where told. */
function addPair(into: Float64Array, a: Float32Array, startA: number, b: Float32Array, startB: number, weight: number): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] ?? 0) + weight * ((a[startA + i] ?? 0) + (b[startB + i] ?? 0));
}

/** 1 / the sum of the kernel's weights that fall inside, at each position of an axis. */
const insideScale = (length: number, kernel: Float64Array): Float64Array =>
  Float64Array.from({ length }, (_, position) => {
    let sum = kernel[0] ?? 0;
    for (let k = 1; k < kernel.length; k++) sum += (kernel[k] ?? 0) * (Number(position >= k) + Number(position + k < length));
    return 1 / sum;
  });

/** One number for each pixel, repeated for each of its channels. */
const perValue = (numbers: Float64Array, channels: number): Float64Array =>
  Float64Array.from({ length: numbers.length * channels }, (_, i) => numbers[Math.floor(i / channels)] ?? 0);
