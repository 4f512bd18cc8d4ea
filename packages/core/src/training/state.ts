import { z } from 'zod';
import { decodeModelFile, encodeModelFile } from '../formats/model-file.js';
import type { InputSpec } from '../model/input-spec.js';
import type { Network } from '../network/network.js';
import { unfitState } from './errors.js';

const measurement = z.object({ loss: z.number(), top1: z.number(), top5: z.number(), pictures: z.number() });

const progress = z.object({
  /** Steps done since the beginning. */
  step: z.int().min(0),
  /** Sums over the steps done in the current epoch. */
  loss: z.number(),
  right: z.number(),
  history: z.array(
    z.object({
      epoch: z.int(),
      learningRate: z.number(),
      loss: z.number(),
      accuracy: z.number(),
      measured: measurement.exactOptional(),
      checkpoint: z.string().exactOptional(),
    }),
  ),
  /** The config and data that the state belongs to. */
  fingerprint: z.string(),
});

/** How far a training is. */
export type TrainingProgress = z.output<typeof progress>;

const KEY = 'trainingState';

/** The resume state as a model file: weights, optimiser slots and progress, exactly. */
export function encodeState(
  name: string,
  network: Network,
  input: InputSpec,
  slots: ReadonlyMap<string, Float32Array>,
  now: TrainingProgress,
): Uint8Array {
  const state = new Map([...slots].map(([slot, data]) => [slot, { shape: [data.length], data }]));
  return encodeModelFile({ name, network, input, details: { [KEY]: now }, state });
}

/** Puts a saved state back into the weights and slots, in place. @throws FeaturescopeError when it belongs to another training */
export function restoreState(
  bytes: Uint8Array,
  network: Network,
  slots: ReadonlyMap<string, Float32Array>,
  fingerprint: string,
): TrainingProgress {
  const file = decodeModelFile(bytes, 'the saved training state');
  const parsed = progress.safeParse(file.details?.[KEY]);
  if (!parsed.success) throw unfitState('it holds no training progress');
  if (parsed.data.fingerprint !== fingerprint) throw unfitState('the config, the network or the data has changed');
  const copy = (name: string, target: Float32Array, data: ArrayLike<number> | undefined): void => {
    if (data?.length !== target.length) throw unfitState(`"${name}" is missing or of another size`);
    target.set(data);
  };
  for (const [name, { data }] of network.weights) copy(name, data, file.network.weights.get(name)?.data);
  for (const [name, data] of slots) copy(name, data, file.state?.get(name)?.data);
  return parsed.data;
}
