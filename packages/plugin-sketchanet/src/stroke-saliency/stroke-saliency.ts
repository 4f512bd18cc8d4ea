import {
  type Drawing,
  defineVisualizer,
  findTarget,
  type Model,
  type RunContext,
  type Target,
  type TargetReference,
  type VisualizerEvent,
} from '@featurescope/core';
import { drawingsOf } from '../drawings-of.js';
import { readingsOf, targetOn } from '../strokes/score.js';
import { shownValues } from '../strokes/shown.js';
import { attributed, passCount } from './attribution.js';
import { gatheredAlong } from './gather.js';
import { type StrokeSaliencyOptions, strokeSaliencyOptions } from './options.js';
import { artifactsOf } from './results.js';

const NAME = 'stroke-saliency';

/** Gradients of a score (Simonyan et al. 2013) gathered along the strokes of a drawing. */
export const strokeSaliency = defineVisualizer({
  name: NAME,
  summary: 'how much ink along each stroke counts for a score, by its gradient',
  citation: {
    authors: 'K. Simonyan, A. Vedaldi, A. Zisserman',
    title: 'Deep Inside Convolutional Networks: Visualising Image Classification Models and Saliency Maps',
    year: 2013,
    url: 'https://arxiv.org/abs/1312.6034',
  },
  options: strokeSaliencyOptions,
  async *run(context: RunContext, options: StrokeSaliencyOptions): AsyncGenerator<VisualizerEvent> {
    const reference = findTarget(context.model, options, NAME);
    const drawings = await drawingsOf(context, NAME);
    if (options.steps !== undefined && options.method !== 'integrated-gradients')
      yield { type: 'warning', message: `${NAME}: --steps has no effect unless --method is integrated-gradients.` };
    const each = passCount(options);
    for (const [index, { input, drawing }] of drawings.entries()) {
      context.signal.throwIfAborted();
      for await (const event of eventsOn(context, options, { drawing, reference, input: input.name, source: input.source }))
        yield event.type === 'progress' ? { ...event, done: index * each + event.done, total: drawings.length * each } : event;
    }
  },
});

interface Asked {
  readonly drawing: Drawing;
  readonly reference: TargetReference;
  readonly input: string;
  readonly source: string;
}

async function* eventsOn(
  { model, signal }: RunContext,
  options: StrokeSaliencyOptions,
  { drawing, reference, input, source }: Asked,
): AsyncGenerator<VisualizerEvent> {
  const pictures = {
    drawing: shownValues({ drawing }, model.input, source),
    empty: shownValues({ drawing: { ...drawing, strokes: [] } }, model.input, source),
  };
  const target = await targetOn(model, pictures.drawing, reference);
  const passes = attributed(model, target, pictures, options, signal);
  let step = await passes.next();
  for (; !step.done; step = await passes.next()) yield { type: 'progress', done: step.value, total: passCount(options), label: input };
  const attribution = step.value;
  const gathered = gatheredAlong(attribution, drawing, pictures, model.input, options.pieces);
  const metric = (series: string, value: number): VisualizerEvent => ({ type: 'metric', series, step: 0, value, input });
  yield metric('score', target.value);
  // Ink that was blurred or cut away in another way in the whole drawing than in its strokes leaves something over.
  const total = attribution.reduce((sum, value) => sum + value, 0);
  yield metric('not-on-strokes', total - gathered.strokes.reduce((sum, stroke) => sum + stroke.sum, 0));
  const gap = options.method === 'integrated-gradients' ? await gapOf(model, target, pictures.empty, total) : undefined;
  if (gap !== undefined) yield metric('completeness-gap', gap);
  const found = { ...gathered, drawing, target, method: options.method, attribution, ...(gap !== undefined && { gap }) };
  for (const artifact of artifactsOf(found, model, input)) {
    signal.throwIfAborted();
    yield { type: 'artifact', artifact };
  }
}

/** How far an attribution's total is from the score of the drawing less that of the empty canvas. */
async function gapOf(model: Model, target: Target, empty: Float32Array, total: number): Promise<number> {
  const [{ score } = { score: Number.NaN }] = await readingsOf(model, target, [empty]);
  return Math.abs(total - (target.value - score));
}
