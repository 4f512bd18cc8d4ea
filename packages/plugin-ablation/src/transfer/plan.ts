import type { Dataset, RunContext } from '@featurescope/core';
import { noDataset, noLabels } from '../errors.js';
import { cellsOf } from './cells.js';
import { chooseClasses, type StudiedClass } from './classes.js';
import { allOf, drawFold, type Fold, firstOfEach, type Sample } from './draw.js';
import { tooManyFeatures, tooManyToTrain } from './errors.js';
import type { ItemLabels } from './labels.js';
import { featureLayers } from './layers.js';
import type { TransferOptions } from './options.js';
import { inputShape } from './present.js';
import type { FeatureSource } from './read.js';
import { type ResetNetwork, resetNetwork } from './reset.js';

/** Everything about a study that is known before a classifier is trained. */
export interface Plan {
  readonly classes: readonly StudiedClass[];
  /** Classes with too few pictures, in words. */
  readonly leftOut: readonly string[];
  readonly folds: readonly Fold[];
  readonly sources: readonly FeatureSource[];
  /** Rising, each once. */
  readonly perClass: readonly number[];
  /** Left out where it was not wanted, or the network cannot be reset. */
  readonly reset?: ResetNetwork | undefined;
}

/** Bytes of numbers that are held at once. */
const MOST_BYTES = 2 ** 30;

/** The labelled data set of a run. @throws FeaturescopeError when there is none, or its classes are not known */
export function labelledDataset({ dataset }: Pick<RunContext, 'dataset'>): Dataset {
  if (!dataset) throw noDataset('transfer');
  if (dataset.labels.length === 0) throw noLabels('transfer', dataset.name);
  return dataset;
}

/** The layers of a study and how their maps become vectors. @throws FeaturescopeError when a layer does not exist */
export const featureSources = ({ model }: Pick<RunContext, 'model'>, options: TransferOptions): readonly FeatureSource[] =>
  featureLayers(model, options.layers).map((layer) => ({ ...layer, cells: cellsOf(layer.shape, options) }));

/** @throws FeaturescopeError when classes have too few pictures, or a fold would not fit into memory */
export function planned(
  context: Pick<RunContext, 'model' | 'random'>,
  dataset: Dataset,
  labels: ItemLabels,
  sources: readonly FeatureSource[],
  options: TransferOptions,
): Plan {
  const perClass = [...new Set(options.perClass)].sort((a, b) => a - b);
  const most = perClass.at(-1) ?? 0;
  const { classes, leftOut } = chooseClasses(dataset, labels, { classes: options.classes, mostPerClass: most });
  const random = context.random.fork('folds');
  const folds = Array.from({ length: options.folds }, (_, i) =>
    drawFold(classes, { training: most, tested: options.testPerClass }, random.fork(i)),
  );
  const reset = options.scratch ? resetNetwork(context.model, classes.length) : undefined;
  checkMemory(context, folds, sources, reset !== undefined);
  return { classes, leftOut, folds, sources, perClass, reset };
}

function checkMemory(
  { model }: Pick<RunContext, 'model'>,
  folds: readonly Fold[],
  sources: readonly FeatureSource[],
  trains: boolean,
): void {
  const pictures = Math.max(...folds.map((fold) => itemsOf(fold).length));
  const numbers = sources.reduce((sum, { cells }) => sum + cells.length, 0);
  if (4 * numbers * pictures > MOST_BYTES) throw tooManyFeatures(numbers, pictures, 4 * numbers * pictures);
  const trained = Math.max(...folds.map(({ training }) => allOf(training).items.length));
  const bytes = 4 * trained * inputShape(model).reduce((product, size) => product * size, 1);
  if (trains && bytes > MOST_BYTES) throw tooManyToTrain(trained, bytes);
}

/** All pictures of a fold. */
export const itemsOf = ({ training, tested }: Fold): readonly number[] => [...allOf(training).items, ...allOf(tested).items];

/** What is learned from and what is decided on in a fold, with n training pictures a class. */
export const sidesOf = ({ training, tested }: Fold, n: number): { readonly training: Sample; readonly tested: Sample } => ({
  training: firstOfEach(training, n),
  tested: allOf(tested),
});
