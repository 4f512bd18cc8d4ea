import type { InputSpec, Random } from '@featurescope/core';
import type { Canvas, CanvasShape } from '../loop/canvas.js';
import { blank } from '../loop/canvas.js';
import { pixelRange } from '../loop/range.js';
import { greyUnits } from './grey-units.js';
import type { InvertOptions } from './options.js';

type StartOptions = Pick<InvertOptions, 'start' | 'startDeviation'>;

/** What the descent starts from, in input units: noise, or the middle of the pixel range everywhere. */
export function startPicture({ start, startDeviation }: StartOptions, spec: InputSpec, shape: CanvasShape, random: Random): Canvas {
  const canvas = blank(shape);
  const { data } = canvas;
  const { neutral, ofLevel } = greyUnits(spec);
  const { min, max } = pixelRange(spec);
  if (start === 'gaussian') scaleTo(random.fillNormal(data, 0, 1), startDeviation);
  if (start === 'uniform') random.fillUniform(data, 0, 1);
  for (let i = 0; i < data.length; i++) {
    const c = i % spec.channels;
    const [low, high] = [min[c] ?? 0, max[c] ?? 0];
    const value = data[i] ?? 0;
    data[i] = start === 'uniform' ? low + (high - low) * value : (neutral[c] ?? 0) + (ofLevel[c] ?? 1) * value;
  }
  return canvas;
}

/** Noise whose root mean square is exactly the one wanted, as the authors scale theirs to norm σ. */
function scaleTo(data: Float32Array, deviation: number): void {
  const factor = deviation / Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
  for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) * factor;
}
