import { defineVisualizer, type Image, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { courseOf, planOf } from '../dream/course.js';
import { turns } from '../dream/plan.js';
import { remedies } from '../dream/remedies.js';
import { withoutEffect } from '../dream/without-effect.js';
import type { Canvas } from '../loop/canvas.js';
import { animationFrame, isInAnimation } from '../loop/frames.js';
import { type Progress, restore } from '../loop/journal.js';
import { optimise, type Place } from '../loop/optimise.js';
import { pictureOf } from '../loop/picture.js';
import { zoomed } from '../loop/resample.js';
import { divergenceWarning, tensorArtifact } from '../loop/results.js';
import { type Start, starts } from '../loop/start.js';
import { type FilmOptions, filmOptions } from './options.js';

const NAME = 'film';
/** Under this name the picture that a frame began with is recorded: its octaves need it. */
const BASE = 'base';

/** A film into a dream: each frame dreams on the frame before, a little enlarged (the zoom of google/deepdream). */
export const film = defineVisualizer({
  name: NAME,
  summary: 'a zoom into a deep dream: every frame dreams on the one before, enlarged',
  citation: {
    authors: 'A. Mordvintsev, C. Olah, M. Tyka',
    title: 'Inceptionism: Going Deeper into Neural Networks',
    year: 2015,
  },
  options: filmOptions,
  needsInputs: false,
  async *run(context: RunContext, options: FilmOptions): AsyncGenerator<VisualizerEvent> {
    turns(context.model, options, NAME);
    const all = starts(context, options, NAME);
    for (const message of withoutEffect(context, filmOptions, options)) yield { type: 'warning', message: `${NAME}: ${message}` };
    const saved = await restore(context.state);
    for (const [index, start] of all.entries()) {
      const first = index * options.frames;
      if (saved && saved.course >= first + options.frames) continue;
      const ours = saved && saved.course >= first ? saved : undefined;
      yield* filmOf(context, options, { start, index, total: all.length }, ours);
    }
  },
});

interface From extends Place {
  readonly start: Start;
}

/** The film of one start. Each frame is a course of its own. */
async function* filmOf(
  context: RunContext,
  options: FilmOptions,
  { start, index, total }: From,
  saved: Progress | undefined,
): AsyncGenerator<VisualizerEvent> {
  const { codec, model } = context;
  const subject = start.input === undefined ? {} : { input: start.input };
  const first = index * options.frames;
  let pictures: readonly Image[] = saved?.frames ?? [];
  let canvas: Canvas | undefined;
  const dreamt = { ...options, frameEvery: 0 };
  const plan = await planOf(context, dreamt, start.size, NAME);
  for (const message of plan.warnings) yield { type: 'warning', message: `${NAME}: ${message}` };
  const about = { ...subject, layer: plan.layers.join(', ') };
  for (let frame = saved ? saved.course - first : 0; frame < options.frames; frame++) {
    const resumed = saved?.course === first + frame ? saved : undefined;
    const base = resumed?.kept.get(BASE) ?? (canvas ? zoomed(canvas, 1 / (1 - options.zoom)) : await start.canvas());
    const course = courseOf(context, dreamt, plan, { ...start, canvas: async () => base });
    const steps = course.stages.reduce((sum, { iterations }) => sum + iterations, 0);
    const label = `${course.label}, frame ${frame + 1}/${options.frames}`;
    const part = { ...course, label, frames: pictures, iterationsBefore: frame * steps, kept: new Map([[BASE, base]]) };
    const result = yield* optimise(context, part, { index: first + frame, total: total * options.frames }, resumed);
    if (result.divergence)
      yield divergenceWarning(`${NAME}: frame ${frame + 1}`, result.divergence, result.iterations, remedies(options, model.input, NAME));
    canvas = result.canvas;
    const image = pictureOf(canvas, model.input);
    if (isInAnimation(frame + 1, options.frames)) pictures = [...pictures, await animationFrame(codec, image, start.size)];
    yield { type: 'frame', step: frame, image, ...subject };
    const name = `frame-${String(frame + 1).padStart(4, '0')}`;
    yield { type: 'artifact', artifact: { ...about, kind: 'image', name, image } };
  }
  if (canvas) yield tensorArtifact('last-frame', { canvas }, about);
  const { animation: format, frameDelay: delay } = options;
  yield { type: 'artifact', artifact: { ...about, kind: 'animation', name: 'film', frames: pictures, delay, format } };
}
