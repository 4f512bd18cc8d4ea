import type { TrainingImages } from '@featurescope/core';

/** Decoded pictures of one size with their classes: RGB, 8 bits a sample. */
export interface LabelledPictures extends TrainingImages {
  /** As the data set calls each picture. */
  readonly names: readonly string[];
}

/** Indices of the pictures of each class, in the order of the classes. */
export function indicesByClass({ labels, classes }: Pick<LabelledPictures, 'labels' | 'classes'>): readonly (readonly number[])[] {
  const byClass: number[][] = classes.map(() => []);
  for (const [index, label] of labels.entries()) byClass[label]?.push(index);
  return byClass;
}

/** The pictures with these indices, in this order. */
export function selectPictures(pictures: LabelledPictures, indices: ArrayLike<number>): LabelledPictures {
  const { images, labels, names, height, width } = pictures;
  const stride = images.length === 0 ? height * width * 3 : images.length / labels.length;
  const chosen = Array.from(indices);
  const data = new Uint8Array(chosen.length * stride);
  for (const [to, from] of chosen.entries()) data.set(images.subarray(from * stride, (from + 1) * stride), to * stride);
  return {
    ...pictures,
    images: data,
    labels: Int32Array.from(chosen, (index) => labels[index] ?? 0),
    names: chosen.map((index) => names[index] ?? ''),
  };
}
