import type { Shape } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Stimulus } from './stimuli.js';

/** Runs of neighbours of one shape. */
export function byShape<T extends { readonly shape: Shape }>(stimuli: readonly T[]): readonly (readonly T[])[] {
  const groups: T[][] = [];
  for (const stimulus of stimuli) {
    const last = groups.at(-1);
    if (last?.[0] && last[0].shape.join() === stimulus.shape.join()) last.push(stimulus);
    else groups.push([stimulus]);
  }
  return groups;
}

/** The size of the batch for so many pictures of one shape: that of the others where little is lost, since each is compiled for itself. */
export const paddedSize = (pictures: number, usual: number): number => (pictures * 2 > usual ? Math.max(usual, pictures) : pictures);

/** Stimuli of one shape as a tensor of `size` pictures; those that are too few are followed by zeros. */
export function batchTensor(stimuli: readonly Stimulus[], size: number): Tensor4D {
  const [height, width, channels] = stimuli[0]?.shape ?? [0, 0, 0];
  const length = height * width * channels;
  const data = new Float32Array(size * length);
  stimuli.forEach(({ values }, i) => {
    data.set(values, i * length);
  });
  return tf.tensor4d(data, [size, height, width, channels]);
}
