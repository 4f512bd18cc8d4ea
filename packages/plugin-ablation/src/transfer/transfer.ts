import { type Dataset, defineVisualizer, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { classifierLayer } from './body.js';
import { namedClasses } from './classes.js';
import { type Journal, openJournal } from './journal.js';
import { type ItemLabels, readLabels } from './labels.js';
import { type TransferOptions, transferOptions } from './options.js';
import { featureSources, labelledDataset, type Plan, planned } from './plan.js';
import { presenting } from './present.js';
import { progressOf } from './progress.js';
import { artifactsOf } from './results.js';
import { study } from './study.js';
import { withoutEffect } from './without-effect.js';

/** What the features of each layer are worth for other classes, against the same network from scratch (Zeiler & Fergus 2014, section 5.2). */
export const transfer = defineVisualizer({
  name: 'transfer',
  summary: 'accuracy of new classifiers on the features of each layer, with few pictures a class, against the same network from scratch',
  citation: {
    authors: 'M. D. Zeiler, R. Fergus',
    title: 'Visualizing and Understanding Convolutional Networks',
    year: 2014,
    url: 'https://arxiv.org/abs/1311.2901',
  },
  options: transferOptions,
  needsInputs: false,
  async *run(context: RunContext, options: TransferOptions): AsyncGenerator<VisualizerEvent> {
    const dataset = labelledDataset(context);
    const sources = featureSources(context, options);
    namedClasses(dataset, options.classes);
    for (const message of withoutEffect(options, sources)) yield warning(message);
    const { journal, damaged } = await openJournal(context, options);
    if (damaged) yield warning('transfer: what was saved is of another study or damaged; it starts anew.');
    const labels = journal.labels ?? (yield* look(context, dataset, journal, options));
    const plan = planned(context, dataset, labels, sources, options);
    for (const message of about(context, plan, options)) yield warning(message);

    yield* study(context, plan, presenting(dataset, context), journal, options);
    for (const artifact of artifactsOf({ model: context.model.name, dataset: dataset.name, plan, outcomes: journal.outcomes, options }))
      yield { type: 'artifact', artifact };
  },
});

const warning = (message: string): VisualizerEvent => ({ type: 'warning', message });

/** Reads the classes of all items, and saves them. */
async function* look(
  { signal }: Pick<RunContext, 'signal'>,
  dataset: Dataset,
  journal: Journal,
  { scratch }: TransferOptions,
): AsyncGenerator<VisualizerEvent, ItemLabels> {
  const reading = readLabels(dataset, signal);
  let step = await reading.next();
  for (; !step.done; step = await reading.next()) {
    const done = { looked: step.value / dataset.size, read: 0, fitted: 0, trained: 0 };
    yield progressOf(done, scratch, `classes of ${dataset.name}`);
  }
  journal.labels = step.value;
  await journal.save();
  return step.value;
}

/** What has to be known to read the results, in words. */
function* about({ model }: Pick<RunContext, 'model'>, plan: Plan, { scratch }: TransferOptions): Generator<string> {
  if (plan.leftOut.length > 0) {
    const shown = plan.leftOut.slice(0, 5).join(', ') + (plan.leftOut.length > 5 ? ` and ${plan.leftOut.length - 5} more` : '');
    yield `transfer: ${plan.leftOut.length} class(es) are left out, since they have too few pictures for the largest --per-class and one to test on: ${shown}.`;
  }
  const seen = plan.classes.filter(({ name }) => model.labels?.includes(name)).map(({ name }) => name);
  if (seen.length > 0)
    yield `transfer: ${model.name} was itself trained on ${seen.length} of these classes, by name (${seen.slice(0, 5).join(', ')}${seen.length > 5 ? ', …' : ''}): this is no transfer to unseen classes, and pictures that it was trained on may be among those it is tested on.`;
  if (scratch && !plan.reset) yield `transfer: ${model.name} is not trained from scratch, since ${reasonOf(model)}.`;
}

const reasonOf = ({ network, logits }: RunContext['model']): string =>
  classifierLayer(network, logits)
    ? `its class scores "${logits}" would not be one number a class after its last layer is made for other classes`
    : `no dense layer or convolution of its own gives its class scores "${logits}", so that it cannot be made for other classes`;
