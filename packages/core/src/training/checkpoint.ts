import type { CompiledNetwork } from '../execution/executor.js';
import { decodeHalf, encodeHalf } from '../formats/half.js';
import { encodeModelFile } from '../formats/model-file.js';
import type { Network, Weights } from '../network/network.js';
import type { EpochRecord } from './events.js';
import type { TrainingPlan } from './plan.js';
import type { TrainingRecipe } from './recipe.js';
import type { TrainingTask } from './task.js';

/** `epoch-01.safetensors`. */
export const checkpointFile = (epoch: number): string => `epoch-${String(epoch).padStart(2, '0')}.safetensors`;

/** Whether the weights are kept after this epoch: when the config says so, and at the end. */
export const isCheckpoint = ({ checkpoints, epochs }: TrainingRecipe, epoch: number): boolean =>
  epoch === epochs || checkpoints.includes(epoch);

/** The weights as half precision stores them. */
export const halved = (weights: Weights): Weights =>
  new Map([...weights].map(([name, { shape, data }]) => [name, { shape, data: decodeHalf(encodeHalf(data)) }]));

/** Runs something with other weights, and puts the network's own back whatever happens. */
export async function withWeights<T>(compiled: CompiledNetwork, network: Network, weights: Weights, task: () => Promise<T>): Promise<T> {
  compiled.setWeights(weights);
  try {
    return await task();
  } finally {
    compiled.setWeights(network.weights);
  }
}

/** The bytes of a checkpoint: a model file that says how it was trained and what was measured on exactly these weights. */
export function encodeCheckpoint(
  { name, recipe, description }: TrainingPlan,
  task: TrainingTask,
  classes: readonly string[],
  { epoch, loss, measured }: EpochRecord,
): Uint8Array {
  return encodeModelFile(
    {
      name: `${name}@${epoch}`,
      network: task.network,
      input: task.input,
      labels: classes,
      details: { epoch, loss, ...(measured && { measured }), training: description },
    },
    recipe.precision === 'float16' ? 'F16' : 'F32',
  );
}
