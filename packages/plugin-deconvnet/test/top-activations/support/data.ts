import { createRandom, type Dataset, type Image, type Shape } from '@featurescope/core';
import { syntheticPicture } from '@featurescope/core/testing';

/** Pictures in memory as a data set, named `picture-<i>`. */
export const pictureSet = (images: readonly Image[]): Dataset => ({
  name: 'pictures',
  size: images.length,
  labels: [],
  item: async (i) => {
    const image = images[i];
    if (!image) throw new Error(`no item ${i}`);
    return { kind: 'picture', name: `picture-${i}`, image };
  },
});

/** Pictures of several sizes, wide and high. */
export const somePictures = (count: number): readonly Image[] =>
  Array.from({ length: count }, (_, i) => syntheticPicture(`item ${i}`, [9 + (i % 5), 8 + ((i * 3) % 7)]));

export interface MemoryArray {
  readonly shape: Shape;
  readonly values: Float32Array;
}

/** Arrays in memory as a data set, named by their index. */
export const arraySet = (arrays: readonly MemoryArray[]): Dataset => ({
  name: 'arrays',
  size: arrays.length,
  labels: [],
  item: async (i) => {
    const array = arrays[i];
    if (!array) throw new Error(`no item ${i}`);
    return { kind: 'array', name: String(i), ...array };
  },
});

export const randomArrays = (count: number, shape: Shape, seed: number | string = 1): readonly MemoryArray[] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => ({
    shape,
    values: random.fillNormal(new Float32Array(shape[0] * shape[1] * shape[2]), 0, 1),
  }));
};
