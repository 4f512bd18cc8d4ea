import { defineVisualizer, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { Course } from './course.js';
import { nothingToLookAt } from './errors.js';
import { follow } from './follow.js';
import { type EvolutionOptions, evolutionOptions } from './options.js';
import { decodeState, type State } from './state.js';
import type { Plan } from './study.js';

const NAME = 'evolution';

/** The strongest stimulus of each unit at one checkpoint of a training after the other (Zeiler & Fergus 2014, section 4.1 and figure 4). */
export const evolution = defineVisualizer({
  name: NAME,
  summary: 'how the strongest stimuli of units change while a network is trained, projected at each checkpoint',
  citation: {
    authors: 'M. D. Zeiler, R. Fergus',
    title: 'Visualizing and Understanding Convolutional Networks',
    year: 2014,
    url: 'https://arxiv.org/abs/1311.2901',
  },
  options: evolutionOptions,
  needsInputs: false,
  async *run(context: RunContext, options: EvolutionOptions): AsyncGenerator<VisualizerEvent> {
    const size = context.inputs.length + (context.dataset?.size ?? 0);
    if (size === 0) throw nothingToLookAt();
    context.signal.throwIfAborted();
    const plan: Plan = { visualizer: NAME, context, options, course: new Course(size, yield* resumed(context, size)) };
    yield* follow(plan, options.checkpoints ?? [`${context.model.name.replace(/@.*$/, '')}@all`]);
  },
});

/** What an earlier, killed run has saved, if it goes with this one. */
async function* resumed({ state }: RunContext, size: number): AsyncGenerator<VisualizerEvent, State | undefined> {
  const saved = await state.load();
  if (!saved) return undefined;
  const earlier = readable(saved);
  if (earlier?.size === size) return earlier;
  const reason = earlier ? `is of ${earlier.size} pictures, not ${size}` : 'cannot be read';
  yield { type: 'warning', message: `${NAME} starts anew, since what was saved ${reason}.` };
  return undefined;
}

function readable(saved: Uint8Array): State | undefined {
  try {
    return decodeState(saved);
  } catch {
    return undefined;
  }
}
