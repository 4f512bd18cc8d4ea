import { defineVisualizer, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { occludedInput } from './occluded-input.js';
import { type OcclusionOptions, occlusionOptions, withoutEffect } from './options.js';
import { planned, positionsOf } from './plan.js';
import { decodeState, encodeState } from './state.js';

const NAME = 'occlusion';

/** A window that hides a part of the picture at every position, and what the network then makes of it (Zeiler & Fergus 2014, section 4.2). */
export const occlusion = defineVisualizer({
  name: NAME,
  summary: 'a window hides part after part of the picture: what score, strongest map and class become',
  citation: {
    authors: 'M. D. Zeiler, R. Fergus',
    title: 'Visualizing and Understanding Convolutional Networks',
    year: 2014,
    url: 'https://arxiv.org/abs/1311.2901',
  },
  family: 'input modification',
  options: occlusionOptions,
  async *run(context: RunContext, options: OcclusionOptions): AsyncGenerator<VisualizerEvent> {
    const plan = await planned(context, options, NAME);
    for (const message of withoutEffect(options)) yield { type: 'warning', message };
    const bytes = await context.state.load();
    const saved = bytes ? decodeState(bytes) : { finished: 0, readings: [] };
    const total = plan.inputs.reduce((sum, input) => sum + positionsOf(input), 0);
    let before = 0;
    for (const [index, one] of plan.inputs.entries()) {
      context.signal.throwIfAborted();
      if (index >= saved.finished) {
        const known = index === saved.finished ? saved.readings : [];
        const save = (readings: (typeof saved)['readings']) => context.state.save(encodeState({ finished: index, readings }));
        for await (const event of occludedInput(context, options, { ...one, ...(plan.other ? { other: plan.other } : {}), known, save }))
          yield event.type === 'progress' ? { ...event, done: before + event.done, total } : event;
        await context.state.save(encodeState({ finished: index + 1, readings: [] }));
      }
      before += positionsOf(one);
      yield { type: 'progress', done: before, total, label: one.input.name };
    }
  },
});
