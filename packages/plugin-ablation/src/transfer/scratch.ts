import {
  decide,
  decodeModelFile,
  type Network,
  type RunContext,
  type TrainingEvent,
  type TrainingExamples,
  trainingRecipe,
} from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import type { ScratchSettings } from './options.js';
import type { Present } from './present.js';
import { batchSizeFor, stacked } from './read.js';
import type { ResetNetwork } from './reset.js';

/** Trains a network from new weights, by gradient descent with momentum 0.9 and a rate that falls along half a cosine; returns it with its weights. */
export async function* trainFromScratch(
  context: Pick<RunContext, 'train'>,
  { network }: ResetNetwork,
  training: TrainingExamples,
  { epochs, rate, batch }: ScratchSettings,
  seed: number,
): AsyncGenerator<TrainingEvent, Network> {
  let last: Uint8Array | undefined;
  const recipe = trainingRecipe.parse({
    epochs,
    batchSize: Math.min(batch, training.labels.length),
    learningRate: rate,
    schedule: { kind: 'cosine' },
    optimizer: { kind: 'sgd', momentum: 0.9, weightDecay: 5e-4 },
    // Small batches of few pictures now and then give a gradient that would throw the network off.
    clipNorm: 5,
    checkpoints: [],
    seed,
  });
  const store = {
    state: { load: async () => undefined, save: async () => {} },
    writeCheckpoint: async (_file: string, bytes: Uint8Array) => {
      last = bytes;
    },
  };
  yield* context.train({ name: 'scratch', recipe, description: {} }, { network, training, store });
  return decodeModelFile(last ?? new Uint8Array(), 'the network trained from scratch').network;
}

/** The class that a network gives the largest score, for each item. */
export async function decisionsOf(
  { compile, model, signal }: Pick<RunContext, 'compile' | 'model' | 'signal'>,
  { network, logits }: ResetNetwork,
  present: Present,
  items: readonly number[],
): Promise<Int32Array> {
  const decided = new Int32Array(items.length);
  const size = batchSizeFor({ network, input: model.input }, [logits]);
  const compiled = await compile(network);
  try {
    for (let from = 0; from < items.length; from += size) {
      signal.throwIfAborted();
      const batch = stacked(await Promise.all(items.slice(from, from + size).map(present)), model);
      const found = await compiled.forward(batch, [logits]).finally(() => batch.dispose());
      try {
        const scores = await found.get(logits)?.data<'float32'>();
        if (scores) decided.set(decide({ columns: scores.length / Math.min(size, items.length - from), data: scores }), from);
      } finally {
        tf.dispose([...found.values()]);
      }
    }
  } finally {
    compiled.dispose();
  }
  return decided;
}
