import type { Random, RunContext } from '@featurescope/core';
import type { Canvas } from '../loop/canvas.js';
import type { Course, Phase } from '../loop/course.js';
import { transformed } from '../loop/evaluation.js';
import type { Progress } from '../loop/journal.js';
import { stepRule } from '../loop/step-rules.js';
import type { Parameterisation } from '../parameterisation/parameterisation.js';
import { regularisers } from '../regularisers/regularisers.js';
import { composeTransforms } from '../transforms/compose.js';
import { evaluateGoals } from './evaluation.js';
import { type Finished, toKept } from './finished.js';
import type { Goal } from './goals.js';
import { NAME } from './name.js';
import { diverseObjective, goalObjective } from './objective.js';
import { DIVERSITY, type FeatureOptions } from './options.js';
import { picturesOf } from './picture.js';
import type { Plan } from './plan.js';
import { progressSheet, progressSize } from './results.js';

/** Steps in which a picture without gradient gets a redirected one (lucid). */
const REDIRECTED_STEPS = 16;

export interface BatchParts {
  readonly plan: Plan;
  readonly batch: readonly Goal[];
  readonly parameterisation: Parameterisation;
  readonly start: Canvas;
  /** Mean activation of the start. */
  readonly activation: number;
  readonly finished: Finished;
  /** Number of the batch, from 0. */
  readonly index: number;
}

/** The course of one batch of pictures. */
export function courseOf(context: RunContext, options: FeatureOptions, parts: BatchParts, saved: Progress | undefined): Course {
  const { plan, parameterisation, start, finished } = parts;
  const { size, model, goals } = plan;
  return {
    label: goals.layer.name,
    stages: [
      {
        label: `${parts.batch.length} ${parts.batch.length === 1 ? 'picture' : 'pictures'}`,
        iterations: options.iterations,
        begin: async () => start,
        phases: [{ step: plan.step, evaluate: evaluator(context, options, parts, saved) }],
      },
    ],
    rule: stepRule(options.stepRule),
    regularisers: options.parameterisation === 'pixel' ? regularisers(options, model.input, NAME) : [],
    picture: async (canvas) => progressSheet(await picturesOf(parameterisation, canvas), model.input),
    frameEvery: options.frameEvery,
    frameSize: progressSize(size, parts.batch.length),
    stepsBefore: parts.index * options.iterations,
    kept: toKept(finished),
  };
}

/** Gradient of the batch. Random draws depend on the iteration alone, so that no picture depends on the batch that it is in. */
function evaluator(context: RunContext, options: FeatureOptions, parts: BatchParts, saved: Progress | undefined): Phase['evaluate'] {
  const { plan, batch, parameterisation } = parts;
  const { model, goals, transforms } = plan;
  const { signal } = context;
  const draws: Random = context.random.fork('transforms');
  const main = goalObjective(goals, batch);
  let activation = saved?.series.get('activation')?.at(-1) ?? parts.activation;
  return async (canvas, { iteration }) => {
    const weight = (options.diversity ?? DIVERSITY) * Math.abs(activation);
    const objective = goals.diverse === undefined ? main : diverseObjective(main, goals.diverse, weight, batch.length);
    const view = transformed(parameterisation, [composeTransforms(transforms)], draws.fork(iteration));
    const redirect = options.redirect && iteration < REDIRECTED_STEPS;
    const evaluation = await evaluateGoals(canvas, { model, objective, view, redirect, signal });
    activation = evaluation.series.get('activation') ?? activation;
    return evaluation;
  };
}
