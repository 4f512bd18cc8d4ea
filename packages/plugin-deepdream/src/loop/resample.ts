import type { Extent } from '@featurescope/core';
import { blank, type Canvas } from './canvas.js';

interface Axis {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly share: Float32Array;
}

/** Positions and weights of bilinear sampling along one axis, of which the middle 1/zoom is shown. Pixels have their centres at ½. */
function axis(from: number, to: number, zoom: number): Axis {
  const low = new Int32Array(to);
  const high = new Int32Array(to);
  const share = new Float32Array(to);
  for (let i = 0; i < to; i++) {
    const at = Math.min(Math.max(((i + 0.5) / to - 0.5) * (from / zoom) + from / 2 - 0.5, 0), from - 1);
    low[i] = Math.floor(at);
    high[i] = Math.min(from - 1, Math.floor(at) + 1);
    share[i] = at - Math.floor(at);
  }
  return { low, high, share };
}

/** Bilinear resizing of every picture of a canvas. */
export const resample = (canvas: Canvas, size: Extent): Canvas =>
  canvas.shape[1] === size[0] && canvas.shape[2] === size[1] ? canvas : sampled(canvas, size, 1);

/** The middle of every picture, enlarged to the size of the whole by `factor` ≥ 1. */
export const zoomed = (canvas: Canvas, factor: number): Canvas => sampled(canvas, [canvas.shape[1], canvas.shape[2]], factor);

/** Row by row, so that no other large buffer is needed. */
function sampled(canvas: Canvas, [height, width]: Extent, zoom: number): Canvas {
  const [pictures, fromHeight, fromWidth, channels] = canvas.shape;
  const result = blank([pictures, height, width, channels]);
  const vertical = axis(fromHeight, height, zoom);
  const horizontal = axis(fromWidth, width, zoom);
  const line = new Float32Array(fromWidth * channels);
  for (let n = 0; n < pictures; n++)
    for (let y = 0; y < height; y++) {
      const share = vertical.share[y] ?? 0;
      const upper = (n * fromHeight + (vertical.low[y] ?? 0)) * line.length;
      const lower = (n * fromHeight + (vertical.high[y] ?? 0)) * line.length;
      for (let i = 0; i < line.length; i++) {
        const value = canvas.data[upper + i] ?? 0;
        line[i] = value + ((canvas.data[lower + i] ?? 0) - value) * share;
      }
      const row = (n * height + y) * width * channels;
      for (let x = 0; x < width; x++) {
        const left = (horizontal.low[x] ?? 0) * channels;
        const right = (horizontal.high[x] ?? 0) * channels;
        const part = horizontal.share[x] ?? 0;
        for (let c = 0; c < channels; c++) {
          const value = line[left + c] ?? 0;
          result.data[row + x * channels + c] = value + ((line[right + c] ?? 0) - value) * part;
        }
      }
    }
  return result;
}
