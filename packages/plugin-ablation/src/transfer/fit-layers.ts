import type { RunContext, VisualizerEvent } from '@featurescope/core';
import { nextFrame } from '@tensorflow/tfjs-core';
import { fitAndDecide, prepared } from '../classifiers/fit.js';
import { countRight, meanAccuracy } from './accuracy.js';
import type { Journal } from './journal.js';
import type { TransferOptions } from './options.js';
import type { Outcome } from './outcome.js';
import { type Plan, sidesOf } from './plan.js';
import { rowsOf, type Vectors } from './read.js';

/** Classifiers of one fold that are not trained yet, layer by layer. */
export function* openTrials(plan: Plan, fold: number, journal: Journal, { classifiers }: Pick<TransferOptions, 'classifiers'>) {
  for (const [layer, source] of plan.sources.entries())
    for (const perClass of plan.perClass)
      for (const classifier of new Set(classifiers)) {
        const trial = { features: source.name, classifier, perClass, fold: fold + 1 };
        if (!journal.has(trial)) yield { layer, trial };
      }
}

/** Trains and tests the classifiers on the features of one fold; saves after each layer. Yields what each came to. */
export async function* fitLayers(
  context: Pick<RunContext, 'random' | 'signal'>,
  plan: Plan,
  fold: number,
  known: ReadonlyMap<number, Vectors>,
  journal: Journal,
  options: TransferOptions,
): AsyncGenerator<Outcome> {
  const classes = plan.classes.length;
  const drawn = plan.folds[fold] ?? { training: [], tested: [] };
  const random = context.random.fork('classifiers').fork(fold);
  const pause = async (): Promise<void> => {
    await nextFrame();
    context.signal.throwIfAborted();
  };
  for (const [layer, { name, cells }] of plan.sources.entries()) {
    const open = [...openTrials(plan, fold, journal, options)].filter((one) => one.layer === layer).map(({ trial }) => trial);
    for (const perClass of new Set(open.map((trial) => trial.perClass))) {
      const { training, tested } = sidesOf(drawn, perClass);
      const rows = (items: readonly number[]) => rowsOf(known, items, layer, cells.length);
      const sides = prepared({ training: rows(training.items), tested: rows(tested.items) }, options.normalise);
      for (const trial of open.filter((one) => one.perClass === perClass)) {
        const settings = { classes, c: options.c, l2: options.l2, random: random.fork(`${name}/${perClass}`), pause };
        const { decided, strength } = await fitAndDecide(trial.classifier, sides, training.labels, settings);
        const outcome: Outcome = { ...trial, ...countRight(decided, tested.labels, classes), strength };
        journal.outcomes.push(outcome);
        yield outcome;
      }
    }
    if (open.length > 0) await journal.save();
  }
}

/** The accuracy of an outcome as a number of its series, a step a fold. */
export const metricOf = (outcome: Outcome): VisualizerEvent => ({
  type: 'metric',
  series: `${outcome.features} ${outcome.classifier} ${outcome.perClass}`,
  step: outcome.fold - 1,
  value: meanAccuracy(outcome),
});
