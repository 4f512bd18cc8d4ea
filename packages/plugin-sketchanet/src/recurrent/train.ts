import { clipGradients, createOptimizer, type Random } from '@featurescope/core';
import { nextFrame } from '@tensorflow/tfjs-core';
import { noSequences, recurrentDiverged } from './errors.js';
import { initialiseRecurrent } from './initialise.js';
import { checkSequences, lossGradient, type RecurrentNetwork } from './network.js';
import type { RecurrentOptions } from './options.js';
import type { Sequence } from './sequence.js';
import { encodeRecurrentState, type RecurrentProgress, restoreRecurrentState } from './state.js';

/** A sequence in single precision. */
export interface TrainingSequence extends Sequence {
  readonly features: { readonly columns: number; readonly data: Float32Array };
}

export interface RecurrentServices {
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
  /** A saved state to go on from. */
  readonly resume?: Uint8Array | undefined;
}

/** What an epoch gave. */
export interface RecurrentEpoch {
  /** From 1. */
  readonly epoch: number;
  /** Mean over the drawings, during the epoch. */
  readonly loss: number;
  /** Of the last step, during the epoch. */
  readonly accuracy: number;
  /** Changed in place by the next epoch. */
  readonly network: RecurrentNetwork;
  /** The state to resume from, as it is when called. */
  readonly save: () => Uint8Array<ArrayBuffer>;
}

/**
 * Trains a recurrent network on drawings; an event after every epoch. The result depends on options, drawings and seed alone, not on where it was
 * interrupted and resumed. Needs time of about 6 · weights · strokes multiplications an epoch.
 * @throws FeaturescopeError when drawings or state do not fit, or the loss stops being finite
 */
export async function* trainRecurrent(
  sequences: readonly TrainingSequence[],
  classes: number,
  options: RecurrentOptions,
  { random, signal, resume }: RecurrentServices,
): AsyncGenerator<RecurrentEpoch, RecurrentNetwork> {
  const features = sequences[0]?.features.columns;
  if (features === undefined) throw noSequences();
  const network = initialiseRecurrent(features, classes, options, random.fork('weights'));
  checkSequences(network, sequences);
  const optimizer = createOptimizer(options.optimizer, network.weights);
  const fingerprint = fingerprintOf(sequences, classes, options);
  let now: RecurrentProgress = resume
    ? restoreRecurrentState(resume, network, optimizer.slots, fingerprint)
    : { step: 0, history: [], fingerprint };

  for (let epoch = now.history.length + 1; epoch <= options.epochs; epoch++) {
    const order = random.fork('order').fork(epoch).permutation(sequences.length);
    let [loss, right, step] = [0, 0, now.step];
    for (let from = 0; from < order.length; from += options.batchSize) {
      await nextFrame();
      signal?.throwIfAborted();
      const batch = Array.from(order.subarray(from, from + options.batchSize), (i) => sequences[i]).filter((one) => one !== undefined);
      const result = lossGradient(network, batch, options);
      if (!Number.isFinite(result.loss)) throw recurrentDiverged(epoch);
      clipGradients(result.gradients, options.clip);
      optimizer.update(result.gradients, options.learningRate, step++);
      loss += result.loss * batch.length;
      right += result.right;
    }
    const record = { epoch, loss: loss / sequences.length, accuracy: right / sequences.length };
    now = { step, history: [...now.history, record], fingerprint };
    const state = now;
    yield { ...record, network, save: () => encodeRecurrentState(network, optimizer.slots, state) };
  }
  return network;
}

/** Tells trainings apart whose states must not be mixed; the number of epochs may grow. */
function fingerprintOf(sequences: readonly TrainingSequence[], classes: number, { epochs: _epochs, ...options }: RecurrentOptions): string {
  const sums = sequences.map(({ features, label }) => features.data.reduce((sum, value) => sum + value, label));
  const [total, turned] = [sums.reduce((a, b) => a + b, 0), sums.reduce((a, b, i) => a + b * (i + 1), 0)];
  return JSON.stringify({ options, classes, sequences: sequences.length, total, turned });
}
