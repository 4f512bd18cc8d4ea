import type { RunContext } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Course, Phase } from '../loop/course.js';
import { evaluate, evaluateMoved, flatPictures, jitteredPlace } from '../loop/evaluation.js';
import { stepSizes } from '../loop/options.js';
import { framePicture } from '../loop/picture.js';
import type { Start } from '../loop/start.js';
import { stepRule } from '../loop/step-rules.js';
import { clampRange } from '../regularisers/clamp-range.js';
import { regularisers } from '../regularisers/regularisers.js';
import { defaultJitter, mannerFor, withBlur } from './defaults.js';
import { noGradient } from './errors.js';
import type { Followed } from './follow.js';
import type { History } from './history.js';
import { NAME } from './name.js';
import { redirectedObjective, scoreObjective } from './objective.js';
import type { ClassModelOptions } from './options.js';
import { scoreMap, scoresAt } from './positions.js';
import { softmax } from './softmax.js';

export interface CourseParts {
  readonly context: Pick<RunContext, 'signal'>;
  readonly options: ClassModelOptions;
  readonly start: Start;
  readonly followed: Followed;
  readonly past: History;
}

/** One picture on its way up the score of a class, at one size. */
export function courseOf(parts: CourseParts): Course {
  const { options, start, followed } = parts;
  const spec = followed.model.input;
  const range = clampRange(options.clamp, spec, NAME);
  const stage = {
    label: followed.label,
    iterations: options.iterations,
    begin: () => start.canvas(),
    phases: [ascent(parts)],
  };
  return {
    ...(start.input === undefined ? {} : { input: start.input }),
    label: start.input ?? options.start,
    stages: [stage],
    rule: stepRule(options.stepRule),
    regularisers: regularisers(withBlur(options, spec), spec, NAME),
    ...(options.guard && range && { guard: range }),
    picture: async (canvas) => framePicture(canvas, spec),
    frameEvery: options.frameEvery,
    frameSize: start.size,
  };
}

/** Steps up the score; the scores of all classes are noted on the way. @throws FeaturescopeError when the first step has no gradient */
function ascent({ context: { signal }, options, start, followed, past }: CourseParts): Phase {
  const { model, class: k, label, score, positions } = followed;
  const [height, width] = followed.start.shape;
  const objective = scoreObjective(k, score, positions, [height, width]);
  const redirected = redirectedObjective(model, k);
  const jitter = options.jitter ?? defaultJitter(model.input, start.size);
  return {
    step: stepSizes(model.input, options, mannerFor(model.input, options.start).step, NAME),
    evaluate: async (canvas, { random, iteration, space }) => {
      let reached = 0;
      const observe = async (activations: ReadonlyMap<string, Tensor4D>) => {
        const scores = scoresAt(await scoreMap(activations.get(model.logits)), positions, k);
        past.note({ iteration, scores });
        reached = scores[k] ?? 0;
        return {
          series: new Map([
            ['logit', reached],
            ['probability', softmax(scores)[k] ?? 0],
          ]),
        };
      };
      const request = {
        model,
        objective,
        wanted: [model.logits],
        observe,
        signal,
        ...(redirected && { redirection: { objective: redirected } }),
      };
      const place = jitteredPlace(canvas.shape, jitter, random);
      const evaluation = await evaluateMoved(canvas, place, space, (seen) => evaluate(seen, request));
      if (iteration === 0 && !redirected && flatPictures(evaluation.gradient).includes(true)) throw noGradient(label, score, reached);
      return evaluation;
    },
  };
}
