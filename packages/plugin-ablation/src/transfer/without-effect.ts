import { isPooled } from './cells.js';
import type { TransferOptions } from './options.js';
import type { FeatureSource } from './read.js';

/** Options that were given without effect, in words. */
export function* withoutEffect(options: TransferOptions, sources: readonly FeatureSource[]): Generator<string> {
  const pools = sources.some(({ cells, shape }) => isPooled(cells, shape));
  const { classifiers, grid, scratch } = options;
  const idle: readonly (readonly [given: unknown, used: boolean, name: string, why: string])[] = [
    [options.c, classifiers.includes('svm'), '--c', 'since --classifiers has no svm'],
    [options.l2, classifiers.includes('softmax'), '--l2', 'since --classifiers has no softmax'],
    [options.features, grid === undefined, '--features', 'since --grid says how maps are pooled'],
    [options.grid, pools, '--grid', 'since no layer has a larger map'],
    [options.pool, pools, '--pool', 'since no map is pooled; lower --features or give --grid'],
    [options.scratchEpochs, scratch, '--scratch-epochs', NO_SCRATCH],
    [options.scratchRate, scratch, '--scratch-rate', NO_SCRATCH],
    [options.scratchBatch, scratch, '--scratch-batch', NO_SCRATCH],
    [options.scratchAugment, scratch, '--scratch-augment', NO_SCRATCH],
  ];
  for (const [given, used, name, why] of idle) if (given !== undefined && !used) yield `transfer: ${name} has no effect, ${why}.`;
}

const NO_SCRATCH = 'since nothing is trained from scratch';
