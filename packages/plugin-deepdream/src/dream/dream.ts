import { defineVisualizer, type RunContext, type VisualizerEvent } from '@featurescope/core';
import type { Canvas } from '../loop/canvas.js';
import { type Progress, restore } from '../loop/journal.js';
import { optimise, type Place } from '../loop/optimise.js';
import { pictureOf, planesOf } from '../loop/picture.js';
import { animationArtifact, divergenceWarning, seriesPlot, tensorArtifact } from '../loop/results.js';
import { type Start, starts } from '../loop/start.js';
import { courseOf, planOf } from './course.js';
import { describeDream } from './describe.js';
import { type DreamOptions, dreamOptions } from './options.js';
import { turns } from './plan.js';
import { remedies } from './remedies.js';
import { withoutEffect } from './without-effect.js';

const NAME = 'dream';

/** Deep dream (Mordvintsev, Olah & Tyka 2015): makes a picture excite chosen layers by gradient ascent on ‖a‖², from small octaves to large. */
export const dream = defineVisualizer({
  name: NAME,
  summary: 'deep dream: exaggerates in a picture what chosen layers respond to',
  citation: {
    authors: 'A. Mordvintsev, C. Olah, M. Tyka',
    title: 'Inceptionism: Going Deeper into Neural Networks',
    year: 2015,
  },
  family: 'input reconstruction',
  options: dreamOptions,
  needsInputs: false,
  async *run(context: RunContext, options: DreamOptions): AsyncGenerator<VisualizerEvent> {
    turns(context.model, options, NAME);
    const all = starts(context, options, NAME);
    for (const message of withoutEffect(context, dreamOptions, options)) yield { type: 'warning', message: `${NAME}: ${message}` };
    const saved = await restore(context.state);
    for (const [index, start] of all.entries()) {
      if (saved && index < saved.course) continue;
      yield* dreamOn(context, options, { start, index, total: all.length }, saved?.course === index ? saved : undefined);
    }
  },
});

interface From extends Place {
  readonly start: Start;
}

/** One picture from start to artifacts. */
async function* dreamOn(
  context: RunContext,
  options: DreamOptions,
  from: From,
  saved: Progress | undefined,
): AsyncGenerator<VisualizerEvent> {
  const { start } = from;
  const { input: spec } = context.model;
  const subject = start.input === undefined ? {} : { input: start.input };
  // A picture may be large: it is read once, and let go of when the first octave has it.
  let read = start.input === undefined ? undefined : await start.canvas();
  const canvas = async (): Promise<Canvas> => {
    const found = read ?? (await start.canvas());
    read = undefined;
    return found;
  };
  const plan = await planOf(context, options, start.size, NAME);
  for (const message of plan.warnings) yield { type: 'warning', message: `${NAME}: ${message}` };
  if (read) yield { type: 'artifact', artifact: { ...subject, kind: 'image', name: 'input', image: pictureOf(read, spec) } };
  const course = courseOf(context, options, plan, { ...start, canvas });
  const result = yield* optimise(context, course, from, saved);
  if (result.divergence) yield divergenceWarning(NAME, result.divergence, result.iterations, remedies(options, spec, NAME));
  const about = { ...subject, layer: plan.layers.join(', ') };
  const description = describeDream(plan.layers, options, course, result);
  yield { type: 'artifact', artifact: { ...about, kind: 'image', name: 'image', image: pictureOf(result.canvas, spec), description } };
  const planes = planesOf(result.canvas);
  if (planes)
    yield {
      type: 'artifact',
      artifact: { ...about, kind: 'image', name: 'planes', image: planes, description: 'each channel as a grey picture' },
    };
  yield tensorArtifact(NAME, result, about);
  yield seriesPlot({ name: 'objective', title: 'Objective during the dream', yLabel: 'objective' }, result.series, about);
  yield* animationArtifact(result.frames, options.animation, about);
}
