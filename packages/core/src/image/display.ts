import type { Shape } from '../network/layer.js';
import type { Image } from './image.js';
import { toByte } from './pixels.js';
import { linearStretch, logisticStretch, magnitudeStretch } from './stretch.js';

const STRETCHES = { linear: linearStretch, logistic: logisticStretch, magnitude: magnitudeStretch };

/** How numbers of any range become grey levels. */
export type StretchName = keyof typeof STRETCHES;

/**
 * A picture of any values [H, W, C]: grey for one channel, RGB for three, and the mean over channels otherwise; all channels
 * are stretched together. A constant becomes neutral grey.
 */
export function stretchedImage(values: ArrayLike<number>, shape: Shape, stretch: StretchName = 'linear'): Image {
  const [height, width, channels] = shape;
  const shown = channels === 1 || channels === 3 ? values : channelMean(values, shape);
  const levels = STRETCHES[stretch](shown);
  const data = new Uint8Array(levels.length);
  for (let i = 0; i < data.length; i++) data[i] = toByte((levels[i] ?? 0) * 255);
  return { width, height, channels: channels === 3 ? 3 : 1, data };
}

/** Mean over channels of values [H, W, C], [H, W]. */
export const channelMean = (values: ArrayLike<number>, shape: Shape): Float32Array =>
  channelSum(values, shape).map((total) => total / shape[2]);

/** Signed sum over channels of values [H, W, C], [H, W]. */
export const channelSum = (values: ArrayLike<number>, shape: Shape): Float32Array =>
  overChannels(values, shape, (sum, value) => sum + value);

/** max_c |v|, the saliency map of Simonyan et al. (2013), [H, W]. */
export const saliencyMap = (values: ArrayLike<number>, shape: Shape): Float32Array =>
  overChannels(values, shape, (max, value) => Math.max(max, Math.abs(value)));

function overChannels(
  values: ArrayLike<number>,
  [height, width, channels]: Shape,
  combine: (sofar: number, value: number) => number,
): Float32Array {
  const combined = new Float32Array(height * width);
  for (let i = 0; i < combined.length; i++) {
    let result = 0;
    for (let c = 0; c < channels; c++) result = combine(result, values[i * channels + c] ?? 0);
    combined[i] = result;
  }
  return combined;
}
