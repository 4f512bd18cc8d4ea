import type { Model } from '@featurescope/core';
import { splitOf } from '../ensemble/ensemble.js';
import type { FusionName, FusionOptions } from './options.js';

/** Options that were given without effect, in words. */
export function* withoutEffect(visualizer: string, options: FusionOptions, methods: readonly FusionName[]): Generator<string> {
  const has = (...wanted: readonly FusionName[]): boolean => methods.some((method) => wanted.includes(method));
  const idle: readonly (readonly [given: unknown, used: boolean, name: string, unless: string])[] = [
    [options.weights, has('weighted'), '--weights', 'weighted'],
    [options.l2, has('softmax'), '--l2', 'softmax'],
    [options.c, has('svm'), '--c', 'svm'],
    [options.k, has('joint-bayesian'), '--k', 'joint-bayesian'],
    [options.em, has('joint-bayesian'), '--em', 'joint-bayesian'],
    [options.components, has('joint-bayesian'), '--components', 'joint-bayesian'],
    [options.galleryViews, has('softmax', 'svm', 'joint-bayesian'), '--gallery-views', 'softmax, svm or joint-bayesian'],
  ];
  for (const [given, used, name, unless] of idle)
    if (given !== undefined && !used) yield `${visualizer}: ${name} has no effect unless --methods has ${unless}.`;
}

/** A split that was given although all networks tell theirs, in words. */
export function* needlessSplit(visualizer: string, models: readonly Model[], given: object | undefined): Generator<string> {
  if (given && models.every((model) => splitOf(model) !== undefined))
    yield `${visualizer}: --folds and --fold have no effect, since the files of all networks tell which part was held out.`;
}
