import { FeaturescopeError } from '@featurescope/core';
import type { Fold } from '../training/collection.js';

export const noDataset = (visualizer: string): FeaturescopeError =>
  new FeaturescopeError(
    'HELD_OUT_DATASET',
    `${visualizer}: no drawings were given. Name a collection with --dataset, such as the one the networks were trained on (.ndjson, packed or not, .tar.gz or a folder).`,
  );

export const noDrawingsLeft = (visualizer: string, dataset: string, { folds, fold }: Fold, side: 'held out' | 'learned from') =>
  new FeaturescopeError(
    'HELD_OUT_EMPTY',
    `${visualizer}: of the drawings of ${dataset}, none would be ${side} in part ${fold} of ${folds}. Give a collection with more drawings.`,
  );

export const halfASplit = (visualizer: string): FeaturescopeError =>
  new FeaturescopeError('HELD_OUT_SPLIT', `${visualizer}: --folds and --fold say together what was held out, but only one was given.`);

export const foldOutside = (visualizer: string, { folds, fold }: Fold): FeaturescopeError =>
  new FeaturescopeError('HELD_OUT_SPLIT', `${visualizer}: --fold is ${fold}, but --folds is ${folds}. Expected 1 to ${folds}.`);

export const unlikeFolds = (visualizer: string, first: readonly [Fold, readonly string[]], other: readonly [Fold, readonly string[]]) =>
  new FeaturescopeError(
    'HELD_OUT_MEMBERS',
    `${visualizer}: the networks of part ${other[0].fold} are ${other[1].join(', ')}, those of part ${first[0].fold} are ${first[1].join(', ')}. To pool parts, give the same networks of each: their trainings' names may only differ in -fold-${other[0].fold} at the end.`,
  );
