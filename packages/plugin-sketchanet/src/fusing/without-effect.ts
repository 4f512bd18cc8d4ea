import { alternatives, idleOptions, type Model } from '@featurescope/core';
import { splitOf } from '../ensemble/ensemble.js';
import { type FusionName, type FusionOptions, fusionOptions } from './options.js';

/** Options that were given without effect, in words. */
export function withoutEffect(options: FusionOptions, methods: readonly FusionName[]): readonly string[] {
  const unless = (...wanted: readonly FusionName[]): string | false =>
    !methods.some((method) => wanted.includes(method)) && `unless --methods has ${alternatives(wanted)}`;
  return idleOptions(fusionOptions, options, {
    weights: unless('weighted'),
    l2: unless('softmax'),
    c: unless('svm'),
    k: unless('joint-bayesian'),
    em: unless('joint-bayesian'),
    components: unless('joint-bayesian'),
    galleryViews: unless('softmax', 'svm', 'joint-bayesian'),
  });
}

/** A split that was given although all networks tell theirs, in words. */
export function* needlessSplit(visualizer: string, models: readonly Model[], given: object | undefined): Generator<string> {
  if (given && models.every((model) => splitOf(model) !== undefined))
    yield `${visualizer}: --folds and --fold have no effect, since the files of all networks tell which part was held out.`;
}
