import { flagOf, type RunContext } from '@featurescope/core';
import { type OnlineOptions, onlineOptions, TRAINING } from './options.js';
import type { Setting } from './setting.js';

/** Options that were given and change nothing, in words. */
export function* withoutEffect(
  { dataset, inputs }: Pick<RunContext, 'dataset' | 'inputs'>,
  options: OnlineOptions,
  { ensemble }: Setting,
): Generator<string> {
  const defaults = onlineOptions.parse({});
  const given = (...names: readonly (keyof OnlineOptions)[]): string =>
    names
      .filter((name) => JSON.stringify(options[name]) !== JSON.stringify(defaults[name]))
      .map(flagOf)
      .join(', ');
  const untrained = dataset ? given(...TRAINING) : given(...TRAINING, 'limit', 'folds', 'fold');
  if (untrained && !dataset) yield `no effect without --dataset: ${untrained}.`;
  if (untrained && dataset && options.recurrent !== undefined) yield `no effect beside --recurrent, which is trained: ${untrained}.`;
  if (dataset && ensemble.split && given('folds', 'fold'))
    yield `no effect of ${given('folds', 'fold')}: the networks say that fold ${ensemble.split.fold} of ${ensemble.split.folds} was held out when they were trained.`;
  const unseen = given('frameDelay', 'animation');
  if (inputs.length === 0 && unseen) yield `no effect without drawings to animate: ${unseen}.`;
}

/** What there is to say about drawings that the networks may have been trained on, in words. */
export function* aboutSplit({ dataset }: Pick<RunContext, 'dataset'>, { ensemble }: Setting): Generator<string> {
  if (dataset && !ensemble.split)
    yield `the networks do not tell which drawings they were trained on. If those of the held-out part (--folds, --fold) were among them, the accuracies are too high.`;
}
