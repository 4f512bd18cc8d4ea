import { defineVisualizer, type RunContext, type VisualizerEvent } from '@featurescope/core';
import type { ViewCounts } from '../fusing/fold.js';
import { aboutSides } from '../fusing/held-out.js';
import { read, readingSteps } from '../fusing/read.js';
import { needlessSplit } from '../fusing/without-effect.js';
import { aboutAbsent } from '../training/collection.js';
import { allExamples, contenders } from './contenders.js';
import { placesOf } from './decide.js';
import { hogRows } from './hog-rows.js';
import { type BenchmarkOptions, benchmarkOptions } from './options.js';
import { allShowings, benchmarkShowings, dealt } from './readings.js';
import { artifactsOf } from './results.js';
import { decisionSteps, standings } from './standings.js';

const NAME = 'benchmark';

/** The table of networks of the Sketch-a-Net papers, on drawings that are new to all that were trained here. */
export const benchmark = defineVisualizer({
  name: NAME,
  summary: 'accuracy of Sketch-a-Net beside HOG, LeNet, AlexNet and others, on drawings that are new to them',
  citation: {
    authors: 'Q. Yu, Y. Yang, F. Liu, Y.-Z. Song, T. Xiang, T. M. Hospedales',
    title: 'Sketch-a-Net: A Deep Neural Network that Beats Humans',
    year: 2017,
    url: 'https://doi.org/10.1007/s11263-016-0932-3',
  },
  options: benchmarkOptions,
  needsInputs: false,
  async *run(context: RunContext, options: BenchmarkOptions): AsyncGenerator<VisualizerEvent> {
    const all = await contenders(context, options, NAME);
    const { plan, sides, rivals } = all;
    for (const message of needlessSplit(NAME, [...plan.models, ...rivals.map(({ model }) => model)], plan.otherwise))
      yield { type: 'warning', message };
    for (const message of aboutAbsent(plan.collection)) yield { type: 'warning', message };
    if (options.featuresLayer !== undefined && options.featuresOf === undefined)
      yield { type: 'warning', message: `${NAME}: --features-layer has no effect without --features-of.` };

    const counts: ViewCounts = { views: options.views, galleryViews: options.galleryViews ?? 1 };
    const examples = allExamples(sides.values());
    const showings = benchmarkShowings(all, examples, counts);
    const shown = allShowings(showings);
    const steps = readingSteps(shown);
    const total = steps + examples.length + decisionSteps(all);
    const answers = dealt(showings, yield* read(context, NAME, shown, total));

    const describing = hogRows(examples, options, context.signal);
    let described = await describing.next();
    for (; !described.done; described = await describing.next())
      yield { type: 'progress', done: steps + described.value, total, label: 'HOG' };
    const hog = { rows: described.value, places: placesOf(examples) };

    let done = steps + examples.length;
    const deciding = standings(context, options, { contenders: all, showings, answers, hog, counts });
    let step = await deciding.next();
    for (; !step.done; step = await deciding.next()) yield { type: 'progress', done: ++done, total, label: step.value };
    yield { type: 'progress', done: total, total };
    const about = aboutSides([...sides.values()], plan.classes.length, options.views);
    for (const artifact of artifactsOf(step.value, about)) yield { type: 'artifact', artifact };
  },
});
