import { defineVisualizer, findTarget, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { drawingsOf } from '../drawings-of.js';
import { type StrokeOcclusionOptions, strokeOcclusionOptions } from './options.js';
import { artifactsOf } from './results.js';
import { studied, variantCount } from './study.js';
import { aboutDrawing, unseenGaps, withoutEffect } from './without-effect.js';

const NAME = 'stroke-occlusion';

/** What a score loses without each stroke, and what it is while a drawing grows (occlusion of Zeiler & Fergus 2014, by strokes). */
export const strokeOcclusion = defineVisualizer({
  name: NAME,
  summary: 'what a score loses without each stroke of a drawing, and how it grows with the strokes drawn',
  citation: {
    authors: 'M. D. Zeiler, R. Fergus',
    title: 'Visualizing and Understanding Convolutional Networks',
    year: 2014,
    url: 'https://arxiv.org/abs/1311.2901',
  },
  options: strokeOcclusionOptions,
  async *run(context: RunContext, options: StrokeOcclusionOptions): AsyncGenerator<VisualizerEvent> {
    const { model, signal } = context;
    const reference = findTarget(model, options, NAME);
    const drawings = await drawingsOf(context, NAME);
    for (const message of withoutEffect(NAME, options, model.input)) yield { type: 'warning', message };
    const total = drawings.reduce((sum, { drawing }) => sum + variantCount(drawing, options), 0);
    let before = 0;
    for (const { input, drawing } of drawings) {
      signal.throwIfAborted();
      for (const message of aboutDrawing(NAME, input.name, drawing, options)) yield { type: 'warning', message };
      const study = studied({ model, drawing, reference, options, source: input.source, signal });
      let step = await study.next();
      for (; !step.done; step = await study.next()) yield { type: 'progress', done: before + step.value, total, label: input.name };
      before += variantCount(drawing, options);
      for (const message of unseenGaps(NAME, input.name, step.value)) yield { type: 'warning', message };
      yield { type: 'metric', series: 'score', step: 0, value: step.value.whole.score, input: input.name };
      for (const artifact of artifactsOf(step.value, model, input.name)) {
        yield { type: 'artifact', artifact };
        signal.throwIfAborted();
      }
    }
  },
});
