import type { Dataset, RunContext, VisualizerEvent } from '@featurescope/core';
import { concatenateFeatures } from '../fusion/scores.js';
import type { RecurrentNetwork } from '../recurrent/network.js';
import { collectDrawings, type Fold } from '../training/collection.js';
import { noSuchFold } from './errors.js';
import { evaluate, type OnlineAccuracy } from './evaluate.js';
import { gather, gathered, jobsOf, readingCount } from './gather.js';
import { type Journal, journalKeeper, openJournal } from './journal.js';
import type { OnlineOptions } from './options.js';
import type { Progress } from './progress.js';
import type { Setting } from './setting.js';
import { type Sides, sidesOf } from './sides.js';
import { trainOn } from './train.js';

/** What was found out about a data set. */
export interface Study {
  readonly recurrent: readonly RecurrentNetwork[];
  readonly accuracies: readonly OnlineAccuracy[];
  readonly sides: Sides;
}

/** The part that is held out: the one on which the networks were not trained, where they tell. @throws FeaturescopeError when there is none such */
export function foldFor({ ensemble }: Setting, options: Pick<OnlineOptions, 'folds' | 'fold'>): Fold {
  const { folds, fold } = ensemble.split ?? { folds: options.folds ?? 3, fold: options.fold ?? 1 };
  if (fold > folds) throw noSuchFold(fold, folds);
  return { folds, fold };
}

/** Reads the drawings of a data set. */
export async function openSides(dataset: Dataset, setting: Setting, options: OnlineOptions): Promise<Sides> {
  const collection = await collectDrawings(dataset, { classes: setting.ensemble.classes, minDrawings: 0 });
  return sidesOf(collection, foldFor(setting, options), options.steps, options.limit, dataset.name);
}

/** Work of a study: drawings read, and gone through in training. */
export const workOf = (setting: Setting, sides: Sides, options: OnlineOptions, trains: boolean): number =>
  readingCount(jobsOf(setting, trains, true), sides) +
  (trains ? options.cells.length * options.epochs * sides.training.examples.length : 0);

/** Reads, trains what is not given, and tests; goes on from what was saved. */
export async function* studied(
  context: RunContext,
  setting: Setting,
  sides: Sides,
  options: OnlineOptions,
  progress: Progress,
  given: readonly RecurrentNetwork[] | undefined,
): AsyncGenerator<VisualizerEvent, Study> {
  const journal = await openJournal(context, fingerprintOf(setting, sides, options));
  const keep = journalKeeper(context, journal);
  const jobs = jobsOf(setting, given === undefined, true);
  const before = journal.read;
  yield progress.add(before);
  let read = before;
  for await (const { label } of gather(setting, sides, jobs, journal, context.signal)) {
    await keep('due');
    yield progress.add(journal.read - read, label);
    read = journal.read;
  }
  if (read > before) await keep('now');
  const recurrent = given ?? (yield* trained(context, setting, sides, options, progress, { journal, keep }));
  return { recurrent, accuracies: evaluate(setting, sides, journal, recurrent), sides };
}

interface Keeping {
  readonly journal: Journal;
  readonly keep: ReturnType<typeof journalKeeper>;
}

async function* trained(
  context: RunContext,
  setting: Setting,
  { training }: Sides,
  options: OnlineOptions,
  progress: Progress,
  { journal, keep }: Keeping,
): AsyncGenerator<VisualizerEvent, readonly RecurrentNetwork[]> {
  const features = concatenateFeatures(setting.features.map((member) => gathered(setting, journal, 'training', member, 'features')));
  const classes = setting.ensemble.classes.length;
  const networks: RecurrentNetwork[] = [];
  for (const cell of options.cells) {
    const epochs = trainOn({ side: training, features, classes }, cell, options, context, journal.training.get(cell));
    let done = 0;
    let step = await epochs.next();
    for (; !step.done; step = await epochs.next()) {
      const { epoch, loss, accuracy, save } = step.value;
      journal.training.set(cell, save());
      await keep(epoch === options.epochs ? 'now' : 'due');
      yield { type: 'metric', series: `${cell}-loss`, step: epoch - 1, value: loss };
      yield { type: 'metric', series: `${cell}-training-accuracy`, step: epoch - 1, value: accuracy };
      yield progress.add((epoch - done) * training.examples.length, `${cell.toUpperCase()}, epoch ${epoch}/${options.epochs}`);
      done = epoch;
    }
    // Epochs that an earlier run has done, where none was left.
    yield progress.add((options.epochs - done) * training.examples.length);
    networks.push(step.value);
  }
  return networks;
}

/** Tells studies apart whose readings must not be mixed. */
function fingerprintOf({ ensemble, steps, features }: Setting, { training, heldOut }: Sides, { recurrent }: OnlineOptions): string {
  const networks = ensemble.members.map(({ sha256 }) => sha256);
  const drawings = [training, heldOut].map(({ examples, starts }) => [starts.at(-1), ...examples.map(({ id, label }) => `${label}:${id}`)]);
  return JSON.stringify({ networks, steps, features, recurrent: recurrent !== undefined, drawings });
}
