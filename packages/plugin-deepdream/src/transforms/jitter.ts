import * as tf from '@tensorflow/tfjs-core';
import { badPixels, nothingLeft } from './errors.js';
import type { Transform } from './transform.js';

/**
 * A crop at a random place: a shift by up to ±`pixels` along each axis. [H, W] becomes [H − 2·pixels, W − 2·pixels], so that `pad:12,jitter:8,jitter:4`
 * keeps the size. (lucid's `jitter(d)` takes d pixels off in all, a shift by up to ±d/2.)
 * @throws FeaturescopeError when nothing of the picture is left
 */
export function jitter(pixels: number): Transform {
  if (!Number.isInteger(pixels) || pixels < 0) throw badPixels('jitter', pixels);
  return {
    name: `jitter:${pixels}`,
    draw(random) {
      const top = random.integer(0, 2 * pixels);
      const left = random.integer(0, 2 * pixels);
      return (picture) =>
        tf.tidy(() => {
          const [n, height, width, channels] = picture.shape;
          if (pixels === 0) return tf.clone(picture);
          const size = [height - 2 * pixels, width - 2 * pixels] as const;
          if (size[0] < 1 || size[1] < 1) throw nothingLeft(pixels, height, width);
          // Whole rows at a time: wasm copies slices of four axes pixel by pixel.
          const rows = tf.reshape(picture, [n, height, width * channels]);
          const crop = tf.slice(rows, [0, top, left * channels], [n, size[0], size[1] * channels]);
          return tf.reshape(crop, [n, size[0], size[1], channels]);
        });
    },
  };
}
