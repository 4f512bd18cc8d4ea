import { idleOptions } from '@featurescope/core';
import { isPooled } from './cells.js';
import { type TransferOptions, transferOptions } from './options.js';
import type { FeatureSource } from './read.js';

/** Options that were given without effect, in words. */
export function withoutEffect(options: TransferOptions, sources: readonly FeatureSource[]): readonly string[] {
  const pools = sources.some(({ cells, shape }) => isPooled(cells, shape));
  const { classifiers, grid } = options;
  const unscratched = !options.scratch && 'since nothing is trained from scratch';
  return idleOptions(transferOptions, options, {
    c: !classifiers.includes('svm') && 'since --classifiers has no svm',
    l2: !classifiers.includes('softmax') && 'since --classifiers has no softmax',
    features: grid !== undefined && 'since --grid says how maps are pooled',
    grid: !pools && 'since no layer has a larger map',
    pool: !pools && 'since no map is pooled; lower --features or give --grid',
    scratchEpochs: unscratched,
    scratchRate: unscratched,
    scratchBatch: unscratched,
    scratchAugment: unscratched,
  });
}
