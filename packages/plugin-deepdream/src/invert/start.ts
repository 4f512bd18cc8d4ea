import type { InputSpec, Random } from '@featurescope/core';
import type { Canvas, CanvasShape } from '../loop/canvas.js';
import { made } from '../loop/start.js';
import type { InvertOptions } from './options.js';

type StartOptions = Pick<InvertOptions, 'start' | 'startDeviation'>;

/** What the descent starts from, in input units: noise, or the middle of the pixel range everywhere. */
export const startPicture = (
  { start, startDeviation }: StartOptions,
  spec: InputSpec,
  [, height, width]: CanvasShape,
  random: Random,
): Canvas =>
  made(
    { kind: start, gaussian: (values, noise) => scaleTo(noise.fillNormal(values, 0, 1), startDeviation / 255) },
    spec,
    [height, width],
    random,
  );

/** Noise whose root mean square is exactly the one wanted, as the authors scale theirs to norm σ. */
function scaleTo(data: Float32Array, deviation: number): void {
  const factor = deviation / Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
  for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) * factor;
}
