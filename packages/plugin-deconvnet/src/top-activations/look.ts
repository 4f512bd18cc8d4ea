import type { RunContext, VisualizerEvent } from '@featurescope/core';
import type { TopOptions } from './options.js';
import { itemsOf } from './shard.js';
import { encodeState, type State } from './state.js';
import { batchSize } from './tracking/batch-size.js';
import type { Stimuli } from './tracking/stimuli.js';
import { track } from './tracking/track.js';

/** Batches after which the state is saved. */
const SAVE_EVERY = 8;

/** What the steps of a run have in common. */
export interface Plan {
  readonly visualizer: string;
  readonly context: RunContext;
  readonly options: TopOptions;
  readonly stimuli: Stimuli;
  /** Steps of the progress: pictures to be looked at, and projections. */
  readonly total: number;
}

/** Goes once through the items of a shard, saving the state now and then; the ranking of the state is filled. */
export async function* look({ context, options, stimuli, total }: Plan, state: State): AsyncGenerator<VisualizerEvent, State> {
  const { model, compile, signal } = context;
  const items = itemsOf(state.shard, stimuli.size);
  const layers = state.ranking.layers.map(({ layer }) => model.layer(layer));
  const batch = batchSize(items.count, layers, options.batchSize);
  let current = state;
  let saved = state.done;
  for await (const done of track({ model, compile, stimuli, items, from: state.done, batch, ranking: state.ranking, signal })) {
    current = { ...current, done };
    if (done - saved >= SAVE_EVERY * batch || done === items.count) {
      await context.state.save(encodeState(current));
      saved = done;
    }
    yield { type: 'progress', done, total, label: `${done} of ${items.count} pictures` };
  }
  return current;
}
