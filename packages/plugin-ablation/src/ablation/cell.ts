import {
  classifierHead,
  decodeModelFile,
  isFeaturescopeError,
  type Network,
  type RunContext,
  type TrainingEvent,
  type TrainingPlan,
  type TrainingStore,
  type VisualizerEvent,
} from '@featurescope/core';
import { firstLayerOf } from './first-layer.js';
import type { CellResult, EpochRow } from './journal.js';
import { errorPercent, top1Error } from './measure.js';
import type { Sides } from './protocol.js';

/** A training of one variant with one seed. */
export interface Cell {
  /** For messages: `-L7, seed 2`. */
  readonly label: string;
  readonly network: Network;
  readonly plan: TrainingPlan;
}

/** How far a training is, by the pictures that it has gone through. */
export type CellProgress = (pictures: number, label: string) => VisualizerEvent;

/** Trains and measures; goes on from the saved state, if there is one. @throws as training does, unless the loss is not finite any more */
export async function* trainCell(
  context: Pick<RunContext, 'train' | 'compile' | 'signal'>,
  { label, network, plan }: Cell,
  sides: Sides,
  state: TrainingStore['state'],
  progress: CellProgress,
): AsyncGenerator<VisualizerEvent, CellResult> {
  const store: TrainingStore = { state, writeCheckpoint: async () => {} };
  const job = { network, training: sides.training, measured: sides.validation, store, resume: true };
  let history: readonly EpochRow[] = [];
  try {
    for await (const event of context.train(plan, job)) {
      if (event.type === 'artifact') history = historyIn(event) ?? history;
      else yield* cellEvents(event, label, progress);
    }
  } catch (error) {
    if (isFeaturescopeError(error) && error.code === 'TRAINING_DIVERGED') return { kind: 'diverged', reason: error.message };
    throw error;
  }
  return measured(context, await trainedNetwork(state, network), sides, history);
}

function* cellEvents(
  event: Exclude<TrainingEvent, { type: 'artifact' }>,
  cell: string,
  progress: CellProgress,
): Generator<VisualizerEvent> {
  switch (event.type) {
    case 'progress':
      yield progress(event.done, `${cell}: ${event.label ?? ''}`);
      return;
    case 'metric':
      yield { ...event, series: `${cell}: ${event.series}` };
      return;
    case 'checkpoint':
      return;
    default:
      yield event;
  }
}

/** The epochs of the table that a training ends with. */
function historyIn({ artifact }: Extract<TrainingEvent, { type: 'artifact' }>): readonly EpochRow[] | undefined {
  if (artifact.kind !== 'table' || artifact.name !== 'history') return undefined;
  return artifact.rows.map((row) => {
    const [epoch = 0, learningRate = 0, loss = 0, accuracy = 0, validationLoss = 0, top1 = 0, top5 = 0] = row.map(Number);
    const [trainTop1, validationTop1, validationTop5] = [errorPercent(accuracy), errorPercent(top1), errorPercent(top5)];
    return { epoch, learningRate, loss, trainTop1, validationLoss, validationTop1, validationTop5 };
  });
}

/** A training ends by saving its state, which holds the weights. */
async function trainedNetwork(state: TrainingStore['state'], network: Network): Promise<Network> {
  const saved = await state.load();
  return saved ? decodeModelFile(saved, 'the state of a finished training').network : network;
}

async function measured(
  { compile, signal }: Pick<RunContext, 'compile' | 'signal'>,
  network: Network,
  { training, validation }: Sides,
  history: readonly EpochRow[],
): Promise<CellResult> {
  const compiled = await compile(network);
  try {
    const trainTop1 = await top1Error(compiled, classifierHead(network).logits, training, signal);
    const first = await firstLayerOf(compiled, network, validation, signal);
    const { validationTop1 = 100, validationTop5 = 100 } = history.at(-1) ?? {};
    return { kind: 'trained', trainTop1, validationTop1, validationTop5, history: [...history], ...(first && { first }) };
  } finally {
    compiled.dispose();
  }
}
