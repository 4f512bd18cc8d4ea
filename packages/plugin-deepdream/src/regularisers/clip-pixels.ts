import type { Canvas } from '../loop/canvas.js';
import { percentile } from './percentile.js';
import type { Regulariser } from './regulariser.js';

/** Writes a number of each pixel, not negative, to `into`: [H · W] from a picture and its gradient [H · W · C]. */
export type PixelStatistic = (picture: Float32Array, gradient: Float32Array, channels: number, into: Float32Array) => void;

/** Sets a pixel to 0 in all channels where its statistic is below the given percentile (0…100) of the picture's. */
export const clipPixels = (name: string, statistic: PixelStatistic, percentage: number): Regulariser => ({
  name,
  every: 1,
  change(picture, { gradient, space }) {
    const [, height, width, channels] = picture.shape;
    const { data: numbers } = space.scratch('pixel-statistic', [1, height, width, 1]);
    statistic(picture.data, gradient.data, channels, numbers);
    blacken(picture, numbers, percentile(numbers, percentage));
  },
});

/** What is not a number is below nothing, and stays: a dream that diverged is seen. */
function blacken({ data, shape }: Canvas, numbers: Float32Array, threshold: number): void {
  const channels = shape[3];
  for (let pixel = 0; pixel < numbers.length; pixel++)
    if ((numbers[pixel] ?? 0) < threshold) data.fill(0, pixel * channels, (pixel + 1) * channels);
}
