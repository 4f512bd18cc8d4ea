import type { Extent, Random } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { perSize } from './per-size.js';
import { reflected } from './reflect.js';
import { type Sampling, sample } from './sampling.js';
import type { Transform } from './transform.js';

/** An enlargement by `factor` and a turn, anticlockwise on the screen, about the centre of a picture. */
export interface Similarity {
  readonly factor: number;
  readonly degrees: number;
}

/** A transform that is a random similarity. */
export interface SimilarityTransform extends Transform {
  drawSimilarity(random: Random): Similarity;
}

export const isSimilarity = (transform: Transform): transform is SimilarityTransform => 'drawSimilarity' in transform;

/** The transform that resamples by a random similarity. */
export const similarityTransform = (name: string, drawSimilarity: (random: Random) => Similarity): SimilarityTransform => ({
  name,
  drawSimilarity,
  draw: (random) => resampled(drawSimilarity(random)),
});

/**
 * Bilinear resampling of a picture at constant size. Positions outside are those reflected at the border, so that neither an
 * edge nor a colour that the picture has not comes in.
 */
export function resampled(similarity: Similarity): ReturnType<Transform['draw']> {
  if (similarity.factor === 1 && similarity.degrees === 0) return (picture) => tf.clone(picture);
  const sampling = perSize((size) => bilinear(size, similarity));
  return (picture) => {
    const size: Extent = [picture.shape[1], picture.shape[2]];
    return sample(picture, sampling(size), size);
  };
}

/** Four neighbours of where each pixel comes from. */
export function bilinear([height, width]: Extent, { factor, degrees }: Similarity): Sampling {
  const cos = Math.cos((degrees * Math.PI) / 180) / factor;
  const sin = Math.sin((degrees * Math.PI) / 180) / factor;
  const middle = [(height - 1) / 2, (width - 1) / 2] as const;
  const pixels = height * width;
  const index = new Int32Array(4 * pixels);
  const weight = new Float32Array(4 * pixels);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i += 4) {
      const down = y - middle[0];
      const across = x - middle[1];
      const fromY = middle[0] + down * cos + across * sin;
      const fromX = middle[1] + across * cos - down * sin;
      const top = Math.floor(fromY);
      const left = Math.floor(fromX);
      const upper = reflected(top, height) * width;
      const lower = reflected(top + 1, height) * width;
      const near = reflected(left, width);
      const far = reflected(left + 1, width);
      index[i] = upper + near;
      index[i + 1] = upper + far;
      index[i + 2] = lower + near;
      index[i + 3] = lower + far;
      weight[i] = (1 - fromY + top) * (1 - fromX + left);
      weight[i + 1] = (1 - fromY + top) * (fromX - left);
      weight[i + 2] = (fromY - top) * (1 - fromX + left);
      weight[i + 3] = (fromY - top) * (fromX - left);
    }
  return { rows: pixels, columns: pixels, taps: 4, index, weight };
}
