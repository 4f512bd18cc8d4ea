import type { RunContext, VisualizerEvent } from '@featurescope/core';
import { countRight } from './accuracy.js';
import { scratchExamples } from './examples.js';
import type { Journal } from './journal.js';
import { scratchSettings, type TransferOptions } from './options.js';
import { type Outcome, SCRATCH } from './outcome.js';
import { type Plan, sidesOf } from './plan.js';
import { inputShape, type Present } from './present.js';
import { decisionsOf, trainFromScratch } from './scratch.js';

/** What a training from scratch tells on its way. */
export type ScratchStep =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'loss'; readonly event: VisualizerEvent }
  /** Part of the training that is done, 0 … 1. */
  | { readonly kind: 'progress'; readonly perClass: number; readonly part: number };

const trialOf = (perClass: number, fold: number) => ({ features: SCRATCH, classifier: 'softmax', perClass, fold: fold + 1 }) as const;

/** Numbers of training pictures for which the network is not trained from scratch yet in a fold. */
export const openScratch = (plan: Plan, fold: number, journal: Journal): readonly number[] =>
  plan.reset ? plan.perClass.filter((perClass) => !journal.has(trialOf(perClass, fold))) : [];

/** Trains and tests the network from new weights in one fold, once for each number of training pictures; saves after each. */
export async function* fitScratch(
  context: Pick<RunContext, 'random' | 'signal' | 'model' | 'train' | 'compile'>,
  plan: Plan,
  fold: number,
  present: Present,
  journal: Journal,
  options: TransferOptions,
): AsyncGenerator<ScratchStep> {
  const { reset } = plan;
  const drawn = plan.folds[fold];
  if (!reset || !drawn) return;
  const settings = scratchSettings(options);
  for (const perClass of openScratch(plan, fold, journal)) {
    const { training, tested } = sidesOf(drawn, perClass);
    const pictures = await presentAll(training.items, present, context.signal);
    const examples = scratchExamples(
      {
        pictures,
        labels: training.labels,
        classes: plan.classes.map(({ name }) => name),
        shape: inputShape(context.model),
        preprocessing: context.model.input.preprocessing,
      },
      settings.augment,
    );
    const seed = context.random
      .fork('scratch')
      .fork(`${fold}/${perClass}`)
      .integer(0, 2 ** 31 - 1);
    const learning = trainFromScratch(context, reset, examples, settings, seed);
    let step = await learning.next();
    for (; !step.done; step = await learning.next()) {
      const event = step.value;
      if (event.type === 'progress') yield { kind: 'progress', perClass, part: event.done / event.total };
      if (event.type === 'metric' && event.series === 'loss')
        yield { kind: 'loss', event: { ...event, series: `${SCRATCH} loss ${perClass} fold ${fold + 1}` } };
    }
    const decided = await decisionsOf(context, { ...reset, network: step.value }, present, tested.items);
    const outcome: Outcome = { ...trialOf(perClass, fold), ...countRight(decided, tested.labels, plan.classes.length) };
    journal.outcomes.push(outcome);
    await journal.save();
    yield { kind: 'outcome', outcome };
  }
}

/** Pictures that are read at the same time. */
const AT_ONCE = 32;

async function presentAll(items: readonly number[], present: Present, signal: AbortSignal): Promise<readonly Float32Array[]> {
  const pictures: Float32Array[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    signal.throwIfAborted();
    pictures.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(present))));
  }
  return pictures;
}
