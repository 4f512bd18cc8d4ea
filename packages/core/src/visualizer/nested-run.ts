import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Model } from '../model/model.js';
import type { Input, RunContext } from './context.js';
import type { VisualizerEvent } from './events.js';
import type { ConfiguredVisualizer } from './visualizer.js';

/** What a visualizer is run on by another one. */
export interface NestedRun {
  readonly model: Model;
  /** [1, H, W, C] in input units, which stays the caller's; left out for what is made without one. */
  readonly picture?: Tensor4D;
  /** Tells apart the random numbers of several calls. */
  readonly call: string;
}

/** Events of a visualizer that another one runs; each call has random numbers of its own and begins anew. @throws when the run is aborted */
export async function* eventsOn(
  context: RunContext,
  { visualizer, options }: ConfiguredVisualizer,
  { model, picture, call }: NestedRun,
): AsyncGenerator<VisualizerEvent> {
  const nested: RunContext = {
    ...context,
    model,
    models: [model],
    inputs: picture ? [tensorInput(picture)] : [],
    random: context.random.fork(`${visualizer.name} ${call}`),
    state: { load: async () => undefined, save: async () => undefined },
  };
  for await (const event of visualizer.run(nested, options as never)) {
    context.signal.throwIfAborted();
    yield event;
  }
}

/** A tensor as an input, fed as it is. */
const tensorInput = (picture: Tensor4D): Input => ({
  name: 'picture',
  source: 'picture',
  raw: true,
  size: [picture.shape[1], picture.shape[2]],
  tensor: async () => picture.clone(),
});
