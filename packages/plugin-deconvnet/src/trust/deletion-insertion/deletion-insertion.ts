import {
  defineVisualizer,
  findTarget,
  type Input,
  type Model,
  type RunContext,
  resolveTarget,
  type Shape,
  type TargetOptions,
  type VisualizerEvent,
  type VisualizerFactory,
} from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { describeUnit } from '../../attribution/attribution.js';
import { type ChosenMethod, chooseMethod, targetFields } from '../../attribution/method.js';
import { modelFor } from '../../attribution/model-for.js';
import { type PinnedTarget, type TargetPin, targetPin } from '../../attribution/pinned-target.js';
import { attributionOf } from '../../attribution/run-attribution.js';
import { otherSize } from '../errors.js';
import { withoutContent } from './baseline.js';
import { type CurveRequest, changedAfter, scoresOn } from './curve.js';
import { type DeletionInsertionOptions, deletionInsertionOptions } from './options.js';
import { blockwise, descending, randomOrder, rankedMap } from './order.js';
import { areasArtifact, type Curves, curveArtifacts, type Ends, type Measured, meanCurves } from './results.js';
import { type Score, scoreOf } from './score.js';

const NAME = 'deletion-insertion';

/**
 * How fast a score falls when the pixels that an attribution holds for important are removed, and rises when they are put in (Petsiuk, Das
 * & Saenko 2018, section 3.3); `own` are at hand in every run.
 */
export const deletionInsertionOf = (own: readonly VisualizerFactory[]) =>
  defineVisualizer({
    name: NAME,
    summary: 'deletion and insertion curves: whether the pixels an attribution points at matter to the score',
    citation: {
      authors: 'V. Petsiuk, A. Das, K. Saenko',
      title: 'RISE: Randomized Input Sampling for Explanation of Black-box Models',
      year: 2018,
      url: 'https://arxiv.org/abs/1806.07421',
    },
    options: deletionInsertionOptions,
    async *run(given: RunContext, options: DeletionInsertionOptions): AsyncGenerator<VisualizerEvent> {
      const method = chooseMethod(given, own, options, { visualizer: NAME, usesTarget: true });
      const pin = targetPin(method.factory, method.options, given.model, NAME);
      if (!method.takesTarget) findTarget(given.model, targetFields(options), NAME);
      const all: Measured[] = [];
      for (const [index, input] of given.inputs.entries()) {
        given.signal.throwIfAborted();
        const picture = await input.tensor(given.model.input);
        try {
          all.push(yield* measured(method, options, { input, picture, index, pin }));
        } finally {
          picture.dispose();
        }
      }
      if (all.length > 0) yield { type: 'artifact', artifact: areasArtifact(all) };
    },
  });

interface Question {
  readonly input: Input;
  readonly picture: Tensor4D;
  /** Of all inputs. */
  readonly index: number;
  /** Left out: the method takes no target. */
  readonly pin: TargetPin | undefined;
}

async function* measured(
  method: ChosenMethod,
  options: DeletionInsertionOptions,
  { input, picture, index, pin }: Question,
): AsyncGenerator<VisualizerEvent, Measured> {
  const { context, name } = method;
  const model = await modelFor(context.model, picture);
  const explained = (await pin?.(model, picture)) ?? (await strongest(method, model, picture, options));
  const asker = { visualizer: NAME, call: input.name };
  const attribution = await attributionOf(context, name, explained.options, model, picture, asker);
  const [, height, width, channels] = picture.shape;
  const [h, w] = attribution.shape;
  if (h !== height || w !== width) throw otherSize(NAME, name, attribution.shape, [height, width, channels]);
  const map = rankedMap(attribution, options.order);
  const ends = await endsOf(picture, options);
  const score = scoreOf(model, explained.target, options.score);

  const size = [height, width] as const;
  const random = context.random.fork(input.name);
  const order = descending(blockwise(map, size, options.blockSize));
  const others = Array.from({ length: options.randomOrders }, (_, i) => randomOrder(size, options.blockSize, random.fork(i)));
  const request: CurveRequest = {
    changed: changedAfter(order.length, Math.min(options.steps, order.length)),
    batchSize: options.batchSize,
    abort: context.signal,
  };
  const total = 2 * (1 + others.length) * request.changed.length;
  let done = index * total;
  const progress = (scores: number): VisualizerEvent => {
    done += scores;
    return { type: 'progress', done, total: context.inputs.length * total, label: input.name };
  };
  const curves = yield* curvesOf(model, score, ends, order, request, progress);
  const inRandomOrder: Curves[] = [];
  for (const other of others) inRandomOrder.push(yield* curvesOf(model, score, ends, other, request, progress));
  const compared = inRandomOrder.length > 0 ? { random: meanCurves(inRandomOrder) } : {};
  const result: Measured = { input: input.name, method: name, label: explained.label, score: score.name, curves, ...compared };
  yield* curveArtifacts(result, { map, size, ends, order, spec: model.input });
  return result;
}

/** Both curves of one order, with a progress after each batch. */
async function* curvesOf(
  model: Model,
  score: Score,
  ends: Ends,
  order: Uint32Array,
  request: CurveRequest,
  progress: (scores: number) => VisualizerEvent,
): AsyncGenerator<VisualizerEvent, Curves> {
  const curves: Record<keyof Curves, number[]> = { deletion: [], insertion: [] };
  for (const kind of ['deletion', 'insertion'] as const)
    for await (const scores of scoresOn(model, score, { ...ends[kind], order }, request)) {
      curves[kind].push(...scores);
      yield progress(scores.length);
    }
  return curves;
}

/** Where each of the two curves begins and ends. */
async function endsOf(picture: Tensor4D, options: DeletionInsertionOptions): Promise<Ends> {
  const shape: Shape = [picture.shape[1], picture.shape[2], picture.shape[3]];
  const whole = new Float32Array(await picture.data());
  const removed = await withoutContent(picture, options.baseline ?? 'mean', options);
  const begun = await withoutContent(picture, options.baseline ?? 'blur', options);
  return { deletion: { from: whole, to: removed, shape }, insertion: { from: begun, to: whole, shape } };
}

/** What the scores of a method without a target are of: the target given, or the strongest class. */
async function strongest(
  { options }: ChosenMethod,
  model: Model,
  picture: Tensor4D,
  given: DeletionInsertionOptions,
): Promise<PinnedTarget> {
  const target = await resolveTarget(model, picture, findTarget(model, targetFields(given) as TargetOptions, NAME));
  const { layer, unit, at } = target;
  return { target, options, label: describeUnit(model, picture, layer.name, { channel: unit, at }) };
}
