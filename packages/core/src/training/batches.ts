import type { Random } from '../random.js';
import { type Augmentation, drawDistortion } from './augment.js';
import { imageChannels, type TrainingImages } from './images.js';
import type { PixelTable } from './preprocess.js';
import { addNoise, cutOut, writeDistorted, writePicture } from './warp.js';

/** A buffer of network inputs with their labels, filled again for each batch. */
export interface Batch {
  /** [N, H, W, C]. */
  readonly input: Float32Array;
  readonly labels: Int32Array;
}

export const createBatch = (data: TrainingImages, size: number): Batch => ({
  input: new Float32Array(size * data.height * data.width * imageChannels(data)),
  labels: new Int32Array(size),
});

/** Order of the pictures in an epoch; depends only on the seed and the epoch. */
export const epochOrder = (random: Random, epoch: number, pictures: number): Int32Array =>
  random.fork('order').fork(epoch).permutation(pictures);

/** Fills a batch with pictures `order[from]`, `order[from + 1]`, …, as they are. */
export function fillPlain(batch: Batch, data: TrainingImages, table: PixelTable, order: Int32Array, from: number): void {
  const { height, width } = data;
  const length = height * width * table.channels;
  for (let i = 0; i < batch.labels.length; i++) {
    const index = order[from + i] ?? 0;
    batch.labels[i] = data.labels[index] ?? 0;
    writePicture({ images: data.images, offset: index * length, height, width }, table, batch.input, i * length);
  }
}

/** The same with random distortions; that of a picture depends only on the seed, the epoch and the picture's index. */
export function fillDistorted(
  batch: Batch,
  data: TrainingImages,
  table: PixelTable,
  order: Int32Array,
  from: number,
  augmentation: Augmentation,
  epochRandom: Random,
): void {
  const { height, width } = data;
  const { channels } = table;
  const length = height * width * channels;
  for (let i = 0; i < batch.labels.length; i++) {
    const index = order[from + i] ?? 0;
    const random = epochRandom.fork(index);
    const distortion = drawDistortion(augmentation, random, [height, width], channels);
    batch.labels[i] = data.labels[index] ?? 0;
    writeDistorted({ images: data.images, offset: index * length, height, width }, table, distortion, batch.input, i * length);
    if (augmentation.cutout > 0) cutOut(batch.input, i * length, [height, width, channels], distortion.hole, augmentation.cutout);
    addNoise(batch.input, i * length, length, augmentation, random);
  }
}
