import { fitStandardisation, type Rows, type RunContext, rowCount } from '@featurescope/core';
import { type CellName, predictSteps, type RecurrentNetwork } from '../recurrent/network.js';
import { recurrentOptions } from '../recurrent/options.js';
import { type RecurrentEpoch, type TrainingSequence, trainRecurrent } from '../recurrent/train.js';
import { foldIn } from './fold-in.js';
import { perDrawing } from './gather.js';
import type { OnlineOptions } from './options.js';
import type { Side } from './sides.js';

/** Drawings of known classes, and what the networks made of them. */
export interface Lessons {
  readonly side: Side;
  /** [all steps, units of all networks]. */
  readonly features: Rows;
  readonly classes: number;
}

/** Trains a recurrent network on features with mean 0 and deviation 1; what it returns takes features as they are. An event after every epoch. */
export async function* trainOn(
  { side, features, classes }: Lessons,
  cell: CellName,
  options: OnlineOptions,
  { random, signal }: Pick<RunContext, 'random' | 'signal'>,
  resume: Uint8Array | undefined,
): AsyncGenerator<RecurrentEpoch, RecurrentNetwork> {
  const { hidden, epochs, batchSize, learningRate, alpha, weightDecay } = options;
  const recipe = recurrentOptions.parse({
    cell,
    hidden,
    epochs,
    batchSize,
    learningRate,
    alpha,
    optimizer: { kind: 'adagrad', weightDecay },
  });
  const scale = fitStandardisation(features);
  const data = new Float32Array(features.data.length);
  for (let i = 0; i < data.length; i++) {
    const column = i % features.columns;
    data[i] = ((features.data[i] ?? 0) - (scale.mean[column] ?? 0)) / (scale.deviation[column] ?? 1);
  }
  const sequences = perDrawing({ columns: features.columns, data }, side).map((rows, i): TrainingSequence => {
    return { features: { columns: rows.columns, data: rows.data as Float32Array }, label: side.examples[i]?.label ?? 0 };
  });
  return foldIn(yield* trainRecurrent(sequences, classes, recipe, { random: random.fork(cell), signal, resume }), scale);
}

/** Drawings that a recurrent network goes through together. */
const AT_ONCE = 64;

/** Probabilities of a recurrent network after each step of all drawings, [all steps, classes]. @param features of each drawing */
export function predictAll(network: RecurrentNetwork, features: readonly Rows[]): Rows {
  const steps = features.reduce((sum, rows) => sum + rowCount(rows), 0);
  const data = new Float64Array(steps * network.classes);
  let at = 0;
  for (let first = 0; first < features.length; first += AT_ONCE)
    for (const rows of predictSteps(network, features.slice(first, first + AT_ONCE))) {
      data.set(rows.data, at);
      at += rows.data.length;
    }
  return { columns: network.classes, data };
}
