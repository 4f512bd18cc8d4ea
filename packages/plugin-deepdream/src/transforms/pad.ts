import type { Extent } from '@featurescope/core';
import type { Rank, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { badFill, badPixels } from './errors.js';
import { perSize } from './per-size.js';
import { reflected } from './reflect.js';
import { type Sampling, sample } from './sampling.js';
import type { Transform } from './transform.js';

/** What lies outside a picture: its reflection, or a constant. */
export type PadMode = 'reflect' | 'constant';

/**
 * A border of `pixels` on each side: [H, W] becomes [H + 2·pixels, W + 2·pixels]. `value` fills it in mode `constant`, in input units, one number or one for each
 * channel; lucid takes middle grey. Reflection may be wider than the picture, and does not repeat the border.
 */
export function pad(pixels: number, mode: PadMode, value: number | readonly number[] = 0): Transform {
  if (!Number.isInteger(pixels) || pixels < 0) throw badPixels('pad', pixels);
  const reflection = perSize((size) => reflectedIndices(size, pixels));
  const apply = (picture: Tensor4D): Tensor4D => {
    if (pixels === 0) return tf.clone(picture);
    if (mode === 'constant') return constantBorder(picture, pixels, value);
    const [, height, width] = picture.shape;
    return sample(picture, reflection([height, width]), [height + 2 * pixels, width + 2 * pixels]);
  };
  return { name: mode === 'reflect' ? `pad:${pixels}` : `pad:${pixels}:${mode}`, draw: () => apply };
}

function reflectedIndices([height, width]: Extent, pixels: number): Sampling {
  const columns = width + 2 * pixels;
  const rows = (height + 2 * pixels) * columns;
  const index = new Int32Array(rows);
  for (let y = -pixels, i = 0; y < height + pixels; y++)
    for (let x = -pixels; x < width + pixels; x++, i++) index[i] = reflected(y, height) * width + reflected(x, width);
  return { rows, columns: height * width, taps: 1, index, weight: new Float32Array(rows).fill(1) };
}

function constantBorder(picture: Tensor4D, pixels: number, value: number | readonly number[]): Tensor4D {
  return tf.tidy(() => {
    const [n, height, width, channels] = picture.shape;
    const size = [height + 2 * pixels, (width + 2 * pixels) * channels] as const;
    // Whole rows at a time: wasm copies slices of four axes, which the gradient is, pixel by pixel.
    const bordered = (rows: Tensor3D, constant: number): Tensor3D =>
      tf.pad3d(
        rows,
        [
          [0, 0],
          [pixels, pixels],
          [pixels * channels, pixels * channels],
        ],
        constant,
      );
    const rows: Tensor3D = tf.reshape(picture, [n, height, width * channels]);
    if (typeof value === 'number') return tf.reshape(bordered(rows, value), [n, size[0], width + 2 * pixels, channels]);
    if (value.length !== channels) throw badFill(value.length, channels);
    const fill = tf.tensor3d(
      Float32Array.from({ length: size[1] }, (_, i) => value[i % channels] ?? 0),
      [1, 1, size[1]],
    );
    const outside = tf.sub(1, bordered(tf.ones<Rank.R3>([1, height, width * channels]), 0));
    return tf.reshape(tf.add(bordered(rows, 0), tf.mul(outside, fill)), [n, size[0], width + 2 * pixels, channels]);
  });
}
