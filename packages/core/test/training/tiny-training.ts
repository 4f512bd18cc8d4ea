import {
  createRandom,
  type Network,
  type TrainingConfigInput,
  type TrainingEvent,
  type TrainingImages,
  type TrainingServices,
  train,
} from '@featurescope/core';
import { referenceExecutor } from '@featurescope/core/testing';

const SIDE = 6;

/** conv → ReLU → max-pool → dropout → dense → softmax, for 6×6 grey pictures of two classes. */
export const tinyNetwork: Network = {
  input: { name: 'input', shape: [SIDE, SIDE, 1] },
  layers: [
    {
      kind: 'conv',
      name: 'conv',
      inputs: ['input'],
      kernelSize: [3, 3],
      filters: 3,
      stride: [1, 1],
      dilation: [1, 1],
      padding: 'same',
      groups: 1,
      bias: true,
    },
    { kind: 'relu', name: 'relu', inputs: ['conv'] },
    { kind: 'maxPool', name: 'pool', inputs: ['relu'], size: [2, 2], stride: [2, 2], padding: 'same', ceilMode: false },
    { kind: 'dropout', name: 'drop', inputs: ['pool'], rate: 0.2 },
    { kind: 'dense', name: 'fc', inputs: ['drop'], units: 2, bias: true, inputOrder: 'hwc' },
    { kind: 'softmax', name: 'prob', inputs: ['fc'] },
  ],
  outputs: ['prob'],
  weights: new Map(),
};

/** Noise with a bright horizontal (class 0) or vertical (class 1) line. */
export function lines(count: number, seed: number): TrainingImages {
  const random = createRandom(seed);
  const images = Uint8Array.from({ length: count * SIDE * SIDE }, () => random.integer(0, 60));
  const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
  for (let i = 0; i < count; i++) {
    const place = random.integer(0, SIDE - 1);
    for (let t = 0; t < SIDE; t++) images[i * SIDE * SIDE + (i % 2 === 0 ? place * SIDE + t : t * SIDE + place)] = 220;
  }
  return { images, labels, classes: ['horizontal', 'vertical'], height: SIDE, width: SIDE };
}

export const tinyConfig: TrainingConfigInput = {
  architecture: 'tiny',
  data: { sources: ['nowhere'], size: SIDE },
  preprocessing: { channelOrder: 'grey', mean: [40], std: [60] },
  epochs: 4,
  batchSize: 8,
  learningRate: 0.05,
  schedule: { kind: 'cosine' },
  augmentation: { flip: true, translate: 1, noise: 0.05 },
  checkpoints: [1, 2],
};

/** Keeps everything in memory, and a clock that advances a second at each look. */
export class MemoryServices implements TrainingServices {
  readonly network = tinyNetwork;
  readonly executor = referenceExecutor;
  readonly training = lines(42, 1);
  readonly measured = lines(20, 2);
  readonly checkpoints = new Map<string, Uint8Array>();
  readonly resume = true;
  saved: Uint8Array | undefined;
  saves = 0;
  private seconds = 0;
  readonly clock = { now: () => 1000 * this.seconds++ };
  readonly store = {
    state: {
      load: async () => this.saved,
      save: async (bytes: Uint8Array) => {
        this.saved = bytes.slice();
        this.saves++;
      },
    },
    writeCheckpoint: async (file: string, bytes: Uint8Array) => {
      this.checkpoints.set(file, bytes.slice());
    },
  };
}

/** All events; stops listening after `limit` of them, as a killed process would. */
export async function collect(
  config: TrainingConfigInput,
  services: TrainingServices,
  limit = Number.POSITIVE_INFINITY,
): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = [];
  for await (const event of train(config, services)) if (events.push(event) >= limit) break;
  return events;
}

export const series = (events: readonly TrainingEvent[], name: string): number[] =>
  events.flatMap((event) => (event.type === 'metric' && event.series === name ? [event.value] : []));
