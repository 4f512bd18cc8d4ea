import { defineVisualizer, linePlot, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { dispose, tensor1d } from '@tensorflow/tfjs-core';
import { fixedNeedsStep } from '../errors.js';
import type { Ascent } from './ascent.js';
import { type Climbed, climb } from './climb.js';
import { type Interrupted, restore } from './journal.js';
import { type DreamOptions, dreamOptions } from './options.js';
import { pictureOf } from './picture.js';
import { chosenLayers, dreamObjective, plannedSizes } from './plan.js';
import { clampRange } from './range.js';
import { type Start, starts, withoutEffect } from './start.js';

/** Step of google/deepdream, in grey levels. */
const DEFAULT_STEP = 1.5;
/** Milliseconds between pictures of the animation. */
const FRAME_DELAY = 120;

/** Step size per channel in input units: as given, or 1.5 grey levels. */
function stepSizes({ model }: RunContext, options: DreamOptions): number[] {
  const { preprocessing, channels } = model.input;
  if (options.step !== undefined) return new Array<number>(channels).fill(options.step);
  const { scale, std } = preprocessing ?? { scale: 1, std: [] };
  return Array.from({ length: channels }, (_, c) => (DEFAULT_STEP * scale) / (std[c] ?? 1));
}

/** Deep dream (Mordvintsev, Olah & Tyka 2015): makes a picture excite chosen layers by gradient ascent on ‖a‖², from small octaves to large. */
export const dream = defineVisualizer({
  name: 'dream',
  summary: 'deep dream: exaggerates in a picture what chosen layers respond to',
  citation: {
    authors: 'A. Mordvintsev, C. Olah, M. Tyka',
    title: 'Inceptionism: Going Deeper into Neural Networks',
    year: 2015,
  },
  options: dreamOptions,
  needsInputs: false,
  async *run(context: RunContext, options: DreamOptions): AsyncGenerator<VisualizerEvent> {
    if (options.stepRule === 'fixed' && options.step === undefined) throw fixedNeedsStep();
    const { model, signal } = context;
    const layers = chosenLayers(model, options);
    const range = clampRange(model.input, options.clamp);
    const ascent: Ascent = {
      model,
      objective: dreamObjective(layers, options),
      rule: options.stepRule,
      step: tensor1d(stepSizes(context, options)),
      jitter: options.jitter,
      ...(range && { range: [tensor1d([...range.min]), tensor1d([...range.max])] }),
      signal,
    };
    try {
      const all = starts(context, options);
      for (const message of withoutEffect(context, options)) yield { type: 'warning', message: `dream: ${message}` };
      const saved = await restore(context.state);
      for (const [index, start] of all.entries()) {
        if (saved && index < saved.start) continue;
        yield* dreamOn(context, options, ascent, layers, { start, index, total: all.length }, saved?.start === index ? saved : undefined);
      }
    } finally {
      dispose([ascent.step, ...(ascent.range ?? [])]);
    }
  },
});

/** One picture from start to artifacts. */
async function* dreamOn(
  context: RunContext,
  options: DreamOptions,
  ascent: Ascent,
  layers: readonly string[],
  place: { readonly start: Start; readonly index: number; readonly total: number },
  saved: Interrupted | undefined,
): AsyncGenerator<VisualizerEvent> {
  const { model } = context;
  const { start } = place;
  const base = await start.picture();
  const subject = start.input === undefined ? {} : { input: start.input };
  let result: Climbed | undefined;
  try {
    const size = [base.shape[1], base.shape[2]] as const;
    const sizes = plannedSizes(model, layers, size, options);
    if (sizes.length < options.octaves)
      yield {
        type: 'warning',
        message: `dream: ${sizes.length} of ${options.octaves} octaves; the smaller ones do not reach ${layers.join(', ')}`,
      };
    if (start.input !== undefined)
      yield { type: 'artifact', artifact: { ...subject, kind: 'image', name: 'input', image: await pictureOf(base, model.input) } };
    result = yield* climb(context, options, ascent, { ...place, base, sizes }, saved);
    const about = { ...subject, layer: layers.join(', ') };
    const { picture, series, frames } = result;
    const description = `${layers.join(' + ')} excited in ${sizes.length} octaves of ${options.iterations} iterations`;
    yield {
      type: 'artifact',
      artifact: { ...about, kind: 'image', name: 'image', image: await pictureOf(picture, model.input), description },
    };
    yield {
      type: 'artifact',
      artifact: { ...about, kind: 'tensor', name: 'dream', shape: picture.shape.slice(1), data: new Float32Array(await picture.data()) },
    };
    yield {
      type: 'artifact',
      artifact: {
        ...about,
        kind: 'plot',
        name: 'objective',
        plot: linePlot({
          title: 'Objective during the dream',
          xLabel: 'iteration',
          yLabel: 'objective',
          series: [...series].map(([name, values]) => ({ name, points: values.map((value, i) => [i, value] as const) })),
        }),
      },
    };
    if (frames.length > 1)
      yield { type: 'artifact', artifact: { ...about, kind: 'animation', name: 'animation', frames, delay: FRAME_DELAY } };
  } finally {
    dispose([base, ...(result ? [result.picture] : [])]);
  }
}
