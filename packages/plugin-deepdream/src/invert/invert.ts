import { defineVisualizer, type LayerName, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { modelFor } from '../dream/plan.js';
import { type Progress, restore } from '../loop/journal.js';
import { type Optimised, optimise } from '../loop/optimise.js';
import { pictureOf } from '../loop/picture.js';
import { courseOf, type ReconstructionPlace } from './course.js';
import { middleLayer } from './layer.js';
import { NAME } from './name.js';
import { type InvertOptions, invertOptions } from './options.js';
import { numbered, reconstruction } from './reconstruction.js';
import { scheduleParts } from './schedule.js';
import { targetOf, wantedPicture } from './target.js';
import { withoutEffect } from './without-effect.js';

/** Inversion (Mahendran & Vedaldi 2015): a picture that a layer cannot tell from the input, found by gradient descent from noise. */
export const invert = defineVisualizer({
  name: NAME,
  summary: 'inversion: what of a picture can be found again from the output of a layer',
  citation: {
    authors: 'A. Mahendran, A. Vedaldi',
    title: 'Understanding Deep Image Representations by Inverting Them',
    year: 2015,
    url: 'https://arxiv.org/abs/1412.0035',
  },
  family: 'input reconstruction',
  options: invertOptions,
  async *run(context: RunContext, options: InvertOptions): AsyncGenerator<VisualizerEvent> {
    const { model, inputs } = context;
    const layer = options.layer === undefined ? middleLayer(model) : model.layer(options.layer).name;
    scheduleParts(options);
    for (const message of withoutEffect(context, options)) yield { type: 'warning', message: `${NAME}: ${message}` };
    const saved = await restore(context.state);
    const total = inputs.length * options.repeats;
    for (let index = saved?.course ?? 0; index < total; index++) {
      const input = inputs[Math.floor(index / options.repeats)];
      const repeat = index % options.repeats;
      if (input) yield* invertOnce(context, options, { input, layer, repeat, index, total }, saved?.course === index ? saved : undefined);
    }
  },
});

interface Place extends ReconstructionPlace {
  readonly layer: LayerName;
  readonly total: number;
}

/** One reconstruction from start to artifacts. */
async function* invertOnce(
  context: RunContext,
  options: InvertOptions,
  place: Place,
  saved: Progress | undefined,
): AsyncGenerator<VisualizerEvent> {
  const { input, layer, repeat } = place;
  const wanted = await wantedPicture(input, context.model, options);
  const model = await modelFor(context.model, [layer], [wanted.shape[1], wanted.shape[2]], NAME);
  const target = await targetOf(model, wanted, layer, options, input.name);
  try {
    const about = { input: input.name, layer };
    if (repeat === 0)
      yield { type: 'artifact', artifact: { ...about, kind: 'image', name: 'input', image: pictureOf(wanted, model.input) } };
    const { course, settings } = courseOf(context, options, { ...place, model, wanted, target });
    const result = yield* optimise(context, course, place, saved);
    if (result.divergence) yield { type: 'warning', message: divergence(input.name, result, options) };
    for await (const event of reconstruction({ model, result, target, settings, animation: options.animation, about }))
      yield numbered(event, repeat);
  } finally {
    target.activation.dispose();
  }
}

const divergence = (input: string, { iterations }: Optimised, { clamp }: InvertOptions): string =>
  `${NAME}: the reconstruction of ${input} diverged and was stopped after ${iterations} iterations, with the last picture before that; use a smaller --step${clamp === false ? ', or --clamp' : ''}`;
