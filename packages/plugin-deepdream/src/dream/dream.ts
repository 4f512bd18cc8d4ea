import { defineVisualizer, type RunContext, type VisualizerEvent } from '@featurescope/core';
import type { Canvas } from '../loop/canvas.js';
import type { Course, Stage } from '../loop/course.js';
import { type Progress, restore } from '../loop/journal.js';
import { carryDetail, pyramid } from '../loop/octaves.js';
import { optimise } from '../loop/optimise.js';
import { framePicture, pictureOf, planesOf } from '../loop/picture.js';
import { animationArtifact, divergenceWarning, seriesPlot, tensorArtifact } from '../loop/results.js';
import { type Start, starts, withoutEffect } from '../loop/start.js';
import { stepRule } from '../loop/step-rules.js';
import { clampRange } from '../regularisers/clamp-range.js';
import { regularisers } from '../regularisers/regularisers.js';
import { guideCanvas } from './guide.js';
import { planTiles, tileWarning } from './memory.js';
import { guidedObjective, plainObjective } from './objective.js';
import { type DreamOptions, dreamOptions } from './options.js';
import { jitterOf, layersOf, modelFor, plannedSizes, seenAtOnce, turns } from './plan.js';
import { dreamStage } from './stage.js';

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
    turns(context.model, options);
    const all = starts(context, options, NAME);
    for (const message of withoutEffect(context, options)) yield { type: 'warning', message: `${NAME}: ${message}` };
    const saved = await restore(context.state);
    for (const [index, start] of all.entries()) {
      if (saved && index < saved.course) continue;
      yield* dreamOn(context, options, { start, index, total: all.length }, saved?.course === index ? saved : undefined);
    }
  },
});

interface Place {
  readonly start: Start;
  readonly index: number;
  readonly total: number;
}

/** One picture from start to artifacts. */
async function* dreamOn(
  context: RunContext,
  options: DreamOptions,
  place: Place,
  saved: Progress | undefined,
): AsyncGenerator<VisualizerEvent> {
  const { start } = place;
  const { input: spec } = context.model;
  const subject = start.input === undefined ? {} : { input: start.input };
  // A picture may be large: it is read once, and let go of when the first octave has it.
  let read = start.input === undefined ? undefined : await start.canvas();
  const canvas = async (): Promise<Canvas> => {
    const found = read ?? (await start.canvas());
    read = undefined;
    return found;
  };
  const { course, layers, warnings } = await courseOf(context, options, { ...start, canvas });
  for (const message of warnings) yield { type: 'warning', message: `${NAME}: ${message}` };
  if (read) yield { type: 'artifact', artifact: { ...subject, kind: 'image', name: 'input', image: pictureOf(read, spec) } };
  const result = yield* optimise(context, course, place, saved);
  if (result.divergence) yield divergenceWarning(NAME, result.divergence, result.iterations);
  const about = { ...subject, layer: layers.join(', ') };
  const description = `${layers.join(' + ')} excited in ${course.stages.length} octaves of ${options.iterations} iterations`;
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

interface Planned {
  readonly course: Course;
  readonly layers: readonly string[];
  readonly warnings: readonly string[];
}

/** The octaves of one picture. */
export async function courseOf(context: RunContext, options: DreamOptions, start: Start): Promise<Planned> {
  const all = turns(context.model, options);
  const layers = layersOf(all);
  const model = await modelFor(context.model, layers, seenAtOnce(start.size, options), NAME);
  const guide = await guideCanvas(context, options, start.size);
  const source = guide ? guidedObjective(model, guide, options) : plainObjective(options);
  const sizes = plannedSizes(model, layers, start.size, options);
  const bases = basePictures(start, sizes);
  const spec = model.input;
  const range = clampRange(options.clamp, spec);
  const tilePlans = planTiles(model, layers, sizes, options);
  const stages: Stage[] = sizes.map((size, i) => {
    const tiles = tilePlans[i];
    return dreamStage(
      { model, turns: all, source, size, jitter: jitterOf(spec, options), ...(tiles && { tiles }), signal: context.signal },
      {
        label: `octave ${i + 1}/${sizes.length} (${size[1]}×${size[0]})`,
        iterations: options.iterations,
        begin: (before) => bases.begin(i, before),
      },
    );
  });
  const warnings = [
    ...(sizes.length < options.octaves
      ? [`${sizes.length} of ${options.octaves} octaves; the smaller ones do not reach ${layers.join(', ')}`]
      : []),
    ...tileWarning(
      options,
      tilePlans.some((plan) => plan !== undefined),
    ),
  ];
  const course: Course = {
    ...(start.input === undefined ? {} : { input: start.input }),
    label: start.input ?? options.start,
    stages,
    rule: stepRule(options.stepRule),
    regularisers: regularisers(options, spec),
    ...(options.guard && range && { guard: range }),
    picture: async (canvas) => framePicture(canvas, spec),
    frameEvery: options.frameEvery,
    frameSize: start.size,
  };
  return { course, layers, warnings };
}

/** The picture an octave begins with: its base plus the detail of the octave before. Levels that are no longer needed are let go. */
function basePictures(start: Start, sizes: Parameters<typeof pyramid>[1]) {
  let levels: (Canvas | undefined)[] | undefined;
  return {
    async begin(octave: number, before: Canvas | undefined): Promise<Canvas> {
      levels ??= pyramid(await start.canvas(), sizes);
      const [last, base] = [octave > 0 ? levels[octave - 1] : undefined, levels[octave]];
      levels.fill(undefined, 0, octave);
      if (octave === sizes.length - 1) levels.fill(undefined);
      if (!base) throw new Error('an octave without a base picture');
      return before && last ? carryDetail(before, last, base) : base;
    },
  };
}
