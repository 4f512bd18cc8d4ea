import type { Random } from '../random.js';
import type { TrainingExamples } from './examples.js';

/** A buffer of network inputs with their labels, filled again for each batch. */
export interface Batch {
  /** [N, H, W, C]. */
  readonly input: Float32Array;
  readonly labels: Int32Array;
}

const lengthOf = ({ height, width, channels }: TrainingExamples): number => height * width * channels;

export const createBatch = (data: TrainingExamples, size: number): Batch => ({
  input: new Float32Array(size * lengthOf(data)),
  labels: new Int32Array(size),
});

/** Order of the examples in an epoch; depends only on the seed and the epoch. */
export const epochOrder = (random: Random, epoch: number, examples: number): Int32Array =>
  random.fork('order').fork(epoch).permutation(examples);

/** Fills a batch with examples `order[from]`, `order[from + 1]`, …, as they are. */
export function fillPlain(batch: Batch, data: TrainingExamples, order: Int32Array, from: number): void {
  const length = lengthOf(data);
  for (let i = 0; i < batch.labels.length; i++) {
    const index = order[from + i] ?? 0;
    batch.labels[i] = data.labels[index] ?? 0;
    data.write(index, batch.input, i * length);
  }
}

/** The same with random distortions; that of an example depends only on the seed, the epoch and the example's index. */
export function fillDistorted(batch: Batch, data: TrainingExamples, order: Int32Array, from: number, epochRandom: Random): void {
  const length = lengthOf(data);
  for (let i = 0; i < batch.labels.length; i++) {
    const index = order[from + i] ?? 0;
    batch.labels[i] = data.labels[index] ?? 0;
    data.writeDistorted(index, epochRandom.fork(index), batch.input, i * length);
  }
}
