import type { RunContext, VisualizerEvent } from '@featurescope/core';
import { fitLayers, metricOf, openTrials } from './fit-layers.js';
import { fitScratch, openScratch } from './fit-scratch.js';
import type { Journal } from './journal.js';
import type { TransferOptions } from './options.js';
import { itemsOf, type Plan } from './plan.js';
import type { Present } from './present.js';
import { type Done, progressOf } from './progress.js';
import { readFeatures, type Vectors } from './read.js';

/** Trains and tests every classifier of every fold that is not done yet; what they come to is in the journal. */
export async function* study(
  context: RunContext,
  plan: Plan,
  present: Present,
  journal: Journal,
  options: TransferOptions,
): AsyncGenerator<VisualizerEvent> {
  const trains = plan.reset !== undefined;
  const folds = plan.folds.map((_, fold) => fold);
  const wanting = folds.filter((fold) => !openTrials(plan, fold, journal, options).next().done);
  const [toRead, fits, trainings] = [
    countReads(plan, wanting),
    plan.folds.length * plan.sources.length * plan.perClass.length * new Set(options.classifiers).size,
    plan.folds.length * plan.perClass.length,
  ];
  const openFits = folds.reduce((sum, fold) => sum + [...openTrials(plan, fold, journal, options)].length, 0);
  const openTrainings = folds.reduce((sum, fold) => sum + openScratch(plan, fold, journal).length, 0);
  const done: Done = {
    looked: 1,
    read: toRead === 0 ? 1 : 0,
    fitted: 1 - openFits / fits,
    trained: 1 - openTrainings / trainings,
  };
  const told = (label: string): VisualizerEvent => progressOf(done, trains, label);

  const known = new Map<number, Vectors>();
  for (const fold of folds) {
    const title = `fold ${fold + 1} of ${folds.length}`;
    if (wanting.includes(fold)) {
      const items = itemsOf(plan.folds[fold] ?? { training: [], tested: [] });
      keepOnly(known, items);
      for await (const count of readFeatures(context, present, plan.sources, items, known)) {
        done.read = Math.min(1, done.read + count / toRead);
        yield told(`${title}, features`);
      }
      for await (const outcome of fitLayers(context, plan, fold, known, journal, options)) {
        done.fitted = Math.min(1, done.fitted + 1 / fits);
        yield metricOf(outcome);
        yield told(`${title}, ${outcome.classifier} on ${outcome.features}, ${outcome.perClass} a class`);
      }
    }
    const before = done.trained;
    let finished = 0;
    for await (const step of fitScratch(context, plan, fold, present, journal, options)) {
      if (step.kind === 'loss') yield step.event;
      if (step.kind === 'outcome') yield metricOf(step.outcome);
      if (step.kind === 'outcome') finished++;
      done.trained = Math.min(1, before + (finished + (step.kind === 'progress' ? step.part : 0)) / trainings);
      if (step.kind === 'progress') yield told(`${title}, from scratch, ${step.perClass} a class`);
    }
  }
  Object.assign(done, { read: 1, fitted: 1, trained: 1 });
  yield told('done');
}

/** Pictures that the network is shown, those of one fold being kept for the next. */
function countReads({ folds }: Plan, wanting: readonly number[]): number {
  let kept = new Set<number>();
  let count = 0;
  for (const fold of wanting) {
    const items = new Set(itemsOf(folds[fold] ?? { training: [], tested: [] }));
    for (const item of items) if (!kept.has(item)) count++;
    kept = items;
  }
  return count;
}

function keepOnly(known: Map<number, Vectors>, items: readonly number[]): void {
  const wanted = new Set(items);
  for (const item of [...known.keys()]) if (!wanted.has(item)) known.delete(item);
}
