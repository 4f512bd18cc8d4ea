import { defineVisualizer, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { type Progress, restore } from '../loop/journal.js';
import { optimise, type Place } from '../loop/optimise.js';
import { pictureOf } from '../loop/picture.js';
import { animationArtifact, divergenceWarning, tensorArtifact } from '../loop/results.js';
import { type Start, starts } from '../loop/start.js';
import { clampRange } from '../regularisers/clamp-range.js';
import { courseOf } from './course.js';
import { describeClassModel } from './describe.js';
import { classNeeded } from './errors.js';
import { follow, withoutUse } from './follow.js';
import { history } from './history.js';
import { NAME } from './name.js';
import { type ClassModelOptions, classModelOptions, settled } from './options.js';
import { scoresAt, scoresOf } from './positions.js';
import { logitPlot, probabilityPlot, topTable } from './results.js';
import { withoutEffect } from './without-effect.js';

/** Class model (Simonyan, Vedaldi & Zisserman 2013, section 2): a picture that a classifier is sure of, by gradient ascent on the score of a class; the scores of the others are followed on the way. */
export const classModel = defineVisualizer({
  name: NAME,
  summary: 'class model: a picture that the network takes for a chosen class, and what it takes it for on the way',
  citation: {
    authors: 'K. Simonyan, A. Vedaldi, A. Zisserman',
    title: 'Deep Inside Convolutional Networks: Visualising Image Classification Models and Saliency Maps',
    year: 2013,
  },
  family: 'input reconstruction',
  options: classModelOptions,
  needsInputs: false,
  async *run(context: RunContext, given): AsyncGenerator<VisualizerEvent> {
    const { model, inputs } = context;
    const options = settled(given, inputs.length);
    const wanted = options.class === undefined ? undefined : model.classIndex(options.class);
    if (wanted === undefined && options.start !== 'input')
      throw classNeeded(options.start, model.layer(model.logits).outputShape[2], model.labels);
    const all = starts(context, options, NAME);
    for (const message of withoutEffect(context, options)) yield warning(message);
    const saved = await restore(context.state);
    for (const [index, start] of all.entries()) {
      if (saved && index < saved.course) continue;
      const place = { start, index, total: all.length };
      yield* climbFrom(
        context,
        options,
        { ...place, ...(wanted === undefined ? {} : { class: wanted }) },
        saved?.course === index ? saved : undefined,
      );
    }
  },
});

const warning = (message: string): VisualizerEvent => ({ type: 'warning', message: `${NAME}: ${message}` });

interface From extends Place {
  readonly start: Start;
  /** Left out: the most probable class of the start. */
  readonly class?: number;
}

/** One picture from start to artifacts. */
async function* climbFrom(
  context: RunContext,
  options: ClassModelOptions,
  from: From,
  saved: Progress | undefined,
): AsyncGenerator<VisualizerEvent> {
  const { start } = from;
  const { input: spec } = context.model;
  context.signal.throwIfAborted();
  const canvas = await start.canvas();
  const followed = await follow(context.model, canvas, options, from.class);
  for (const message of withoutUse(followed)) yield warning(message);
  const subject = start.input === undefined ? {} : { input: start.input };
  if (start.input !== undefined)
    yield { type: 'artifact', artifact: { ...subject, kind: 'image', name: 'input', image: pictureOf(canvas, spec) } };
  const past = history(options.iterations, followed.start.shape[2], saved?.kept.get(HISTORY));
  const course = courseOf({ context, options, start: { ...start, canvas: async () => canvas }, followed, past });
  const result = yield* optimise(context, { ...course, kept: new Map([[HISTORY, past.canvas]]) }, from, saved);
  if (result.divergence)
    yield divergenceWarning(NAME, result.divergence, result.iterations, { canClamp: clampRange(options.clamp, spec, NAME) === undefined });
  const { model, positions, class: k } = followed;
  const last = await scoresOf(model, result.canvas);
  const moments = [...past.until(result.iterations), { iteration: result.iterations, scores: scoresAt(last, positions, k) }];
  const about = { ...subject, layer: model.logits, unit: k };
  const description = describeClassModel(followed, moments, start.input);
  yield { type: 'artifact', artifact: { ...about, kind: 'image', name: 'image', image: pictureOf(result.canvas, spec), description } };
  yield tensorArtifact(NAME, result, about);
  yield topTable(model, moments, about);
  yield probabilityPlot(model, k, moments, about);
  yield logitPlot(model, k, moments, about);
  yield* animationArtifact(result.frames, options.animation, about);
}

/** Name under which the scores so far are recorded. */
const HISTORY = 'scores';
