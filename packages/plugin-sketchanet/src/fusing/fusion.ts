import { defineVisualizer, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { checkWeights } from '../fusion/scores.js';
import { aboutAbsent } from '../training/collection.js';
import { foldReadings, showingsOf, type ViewCounts } from './fold.js';
import { foldVerdicts } from './fold-verdicts.js';
import { aboutSides } from './held-out.js';
import { chosenJointBayesian } from './joint-bayesian.js';
import { type FusionSettings, needsGallery } from './methods.js';
import { FUSIONS, type FusionOptions, fusionOptions } from './options.js';
import { planned } from './plan.js';
import { pooled, type Verdict } from './pooled.js';
import { read, readingSteps } from './read.js';
import { artifactsOf } from './results.js';
import { needlessSplit, withoutEffect } from './without-effect.js';

const NAME = 'fusion';

/** Networks of drawings alone and fused, on drawings that are new to them (Yu et al., BMVC 2015). */
export const fusion = defineVisualizer({
  name: NAME,
  summary: 'accuracy of networks of drawings, alone and fused in five ways, on drawings that are new to them',
  citation: {
    authors: 'Q. Yu, Y. Yang, Y.-Z. Song, T. Xiang, T. Hospedales',
    title: 'Sketch-a-Net that Beats Humans',
    year: 2015,
    url: 'https://arxiv.org/abs/1501.07873',
  },
  options: fusionOptions,
  needsInputs: false,
  async *run(context: RunContext, options: FusionOptions): AsyncGenerator<VisualizerEvent> {
    const methods = options.methods === 'all' ? FUSIONS : FUSIONS.filter((method) => options.methods.includes(method));
    const plan = await planned(context, options, NAME);
    if (options.weights) checkWeights(options.weights, plan.folds[0]?.networks.length ?? 0);
    for (const message of withoutEffect(options, methods)) yield { type: 'warning', message };
    for (const message of [...needlessSplit(NAME, plan.models, plan.otherwise), ...aboutAbsent(plan.collection)])
      yield { type: 'warning', message };

    const { classes } = plan;
    const galleryViews = options.galleryViews ?? 1;
    const counts: ViewCounts = { views: options.views, ...(methods.some(needsGallery) && { galleryViews }) };
    const folds = plan.folds.map((fold) => ({ ...fold, showings: showingsOf(fold, counts) }));
    const showings = folds.flatMap((fold) => fold.showings);
    const steps = readingSteps(showings);
    const total = steps + folds.length * methods.length;
    const rows = yield* read(context, NAME, showings, total);

    const settings = settingsOf(context, options);
    const [members, fused]: [Verdict[], Verdict[]] = [[], []];
    let [from, done] = [0, steps];
    for (const fold of folds) {
      const own = rows.slice(from, from + fold.showings.length);
      from += own.length;
      const deciding = foldVerdicts(fold, foldReadings(own, fold.sides, classes.length, counts), methods, settings);
      let step = await deciding.next();
      for (; !step.done; step = await deciding.next()) yield { type: 'progress', done: ++done, total, label: step.value };
      members.push(...step.value.members);
      fused.push(...step.value.fused);
    }
    const about = aboutSides(
      plan.folds.map(({ sides }) => sides),
      classes.length,
      options.views,
    );
    for (const artifact of artifactsOf({ members: pooled(members), fused: pooled(fused), classes, about }))
      yield { type: 'artifact', artifact };
  },
});

const settingsOf = ({ random, signal }: RunContext, options: FusionOptions): FusionSettings => ({
  weights: options.weights,
  jointBayesian: chosenJointBayesian(options),
  l2: options.l2,
  c: options.c,
  random: random.fork('svm'),
  signal,
});
