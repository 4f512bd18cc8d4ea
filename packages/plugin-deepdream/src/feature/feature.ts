import { defineVisualizer, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { type Progress, restore } from '../loop/journal.js';
import { optimise } from '../loop/optimise.js';
import { pictureOf } from '../loop/picture.js';
import { animationArtifact, divergenceWarning } from '../loop/results.js';
import { clampRange } from '../regularisers/clamp-range.js';
import { courseOf } from './course.js';
import { type Finished, fromKept, nothingFinished, type Outcome } from './finished.js';
import { type Goal, goalsOf } from './goals.js';
import { type Measured, measure } from './measure.js';
import { NAME } from './name.js';
import { type FeatureOptions, featureOptions } from './options.js';
import { parameterisationOf, picturesOf, startOf } from './picture.js';
import { type Plan, planOf } from './plan.js';
import { goalArtifacts, sheetArtifacts, tileOf } from './results.js';
import { withoutEffect } from './without-effect.js';

/**
 * Activation maximisation (Erhan et al. 2009) with the parameterisation and transforms of Olah, Mordvintsev & Schubert, Feature
 * visualization, 2017: pictures that excite single neurons, channels, classes, or mixtures of channels, many in one pass.
 */
export const feature = defineVisualizer({
  name: NAME,
  summary: 'feature visualisation: what single units of a layer respond to most, on a sheet',
  citation: {
    authors: 'C. Olah, A. Mordvintsev, L. Schubert',
    title: 'Feature Visualization',
    year: 2017,
    url: 'https://distill.pub/2017/feature-visualization',
  },
  family: 'input reconstruction',
  options: featureOptions,
  needsInputs: false,
  async *run(context: RunContext, options: FeatureOptions): AsyncGenerator<VisualizerEvent> {
    const goals = goalsOf(context.model, options);
    const plan = await planOf(context.model, goals, options, context.random);
    for (const message of withoutEffect(context, options)) yield { type: 'warning', message: `${NAME}: ${message}` };
    const saved = await restore(context.state);
    let finished = saved ? fromKept(saved.kept) : nothingFinished;
    for (const [index, batch] of plan.batches.entries()) {
      if (saved && index < saved.course) continue;
      finished = yield* runBatch(context, options, { plan, batch, index }, finished, saved?.course === index ? saved : undefined);
    }
    yield* sheetArtifacts(goals, finished);
  },
});

interface Place {
  readonly plan: Plan;
  readonly batch: readonly Goal[];
  readonly index: number;
}

/** The pictures of one batch from their starts to their artifacts. */
async function* runBatch(
  context: RunContext,
  options: FeatureOptions,
  place: Place,
  finished: Finished,
  saved: Progress | undefined,
): AsyncGenerator<VisualizerEvent, Finished> {
  const { plan, batch, index } = place;
  const { input: spec } = plan.model;
  const parameterisation = parameterisationOf(spec, plan.size, batch.length, options);
  try {
    const start = startOf(parameterisation, batch, context.random);
    const before = await measure(plan.model, plan.goals, batch, await picturesOf(parameterisation, start), context.signal);
    const activation = before.reduce((sum, one) => sum + one.activation, 0) / batch.length;
    const course = courseOf(context, options, { plan, batch, parameterisation, start, activation, finished, index }, saved);
    const result = yield* optimise(context, course, { index, total: plan.batches.length }, saved);
    const canClamp = options.parameterisation === 'pixel' && clampRange(options.clamp, spec, NAME) === undefined;
    if (result.divergence) yield divergenceWarning(NAME, result.divergence, result.iterations, { canClamp });
    const pictures = await picturesOf(parameterisation, result.canvas);
    const after = await measure(plan.model, plan.goals, batch, pictures, context.signal);
    const outcomes: Outcome[] = [];
    for (const [n, goal] of batch.entries()) {
      const image = pictureOf(pictures, spec, n);
      const outcome = { ...outcomeOf(before[n], after[n]), tile: await tileOf(context.codec, image, plan.goals.goals.length) };
      outcomes.push(outcome);
      yield* goalArtifacts(plan.goals, goal, pictures, n, spec, outcome);
    }
    yield* numbered(animationArtifact(result.frames, options.animation, { layer: plan.goals.layer.name }), index);
    const values = Array.from(Float32Array.from(result.series.get('objective') ?? []));
    return { outcomes: [...finished.outcomes, ...outcomes], series: [...finished.series, { pictures: batch.length, values }] };
  } finally {
    parameterisation.dispose();
  }
}

const outcomeOf = (before: Measured | undefined, after: Measured | undefined): Omit<Outcome, 'tile'> => ({
  start: Math.fround(before?.activation ?? 0),
  end: Math.fround(after?.activation ?? 0),
  dead: after?.flat ?? false,
});

/** Artifacts of a batch that follows others get its number, from 2. */
function* numbered(events: Iterable<VisualizerEvent>, index: number): Generator<VisualizerEvent> {
  for (const event of events)
    yield event.type === 'artifact' && index > 0
      ? { ...event, artifact: { ...event.artifact, name: `${event.artifact.name}-${index + 1}` } }
      : event;
}
