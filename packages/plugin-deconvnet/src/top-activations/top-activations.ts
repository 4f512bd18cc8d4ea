import { type Artifact, defineVisualizer, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { nothingToLookAt, shardAndMerge } from './errors.js';
import { rankedLayers } from './layers.js';
import { look, type Plan } from './look.js';
import { mergedRanking, STATE_NAME } from './merge.js';
import { type TopOptions, topOptions } from './options.js';
import { itemsOf, parseShard, WHOLE } from './shard.js';
import { show } from './show.js';
import { decodeState, differences, type State, stateToJson } from './state.js';
import { topTable } from './table.js';
import { Ranking } from './tracking/ranking.js';
import { stimuliOf } from './tracking/stimuli.js';

const NAME = 'top-activations';

/** The strongest activations of units over a data set, with what the units see and their projections (Zeiler & Fergus 2014, section 4). */
export const topActivations = defineVisualizer({
  name: NAME,
  summary: 'strongest activations of units over a data set, projected back to the pictures',
  citation: {
    authors: 'M. D. Zeiler, R. Fergus',
    title: 'Visualizing and Understanding Convolutional Networks',
    year: 2014,
    url: 'https://arxiv.org/abs/1311.2901',
  },
  options: topOptions,
  needsInputs: false,
  async *run(context: RunContext, options: TopOptions): AsyncGenerator<VisualizerEvent> {
    const stimuli = stimuliOf(context, context.model.input);
    const fresh = begin(context, options, stimuli.size);
    if (stimuli.size === 0) throw nothingToLookAt();
    context.signal.throwIfAborted();
    const start = yield* resumed(context, fresh);
    const pictures = options.merge ? 0 : itemsOf(fresh.shard, stimuli.size).count;
    const projected = options.projections && options.shard === undefined;
    const total = Math.max(pictures + (projected ? projectionsOf(fresh) : 0), 1);
    const plan: Plan = { visualizer: NAME, context, options, stimuli, total };
    const state = options.merge ? await joined(context, options.merge, start) : yield* look(plan, start);
    for (const artifact of resultsOf(context, state)) yield { type: 'artifact', artifact };
    if (projected) yield* show(plan, state, pictures);
    yield { type: 'progress', done: total, total };
  },
});

/** The state of a run that has seen nothing. @throws FeaturescopeError for options that name what is not there, or contradict each other */
function begin({ model }: RunContext, options: TopOptions, size: number): State {
  const ranking = new Ranking(rankedLayers(model, options, NAME), options.top);
  const shard = options.shard === undefined ? WHOLE : parseShard(options.shard);
  if (options.shard !== undefined && options.merge) throw shardAndMerge();
  return { model: model.sha256, size, shard, done: 0, projected: 0, ranking };
}

/** How many activations will be projected at most, for the progress. */
const projectionsOf = ({ ranking, size }: State): number =>
  ranking.layers.reduce((sum, { units }) => sum + units.length, 0) * Math.min(ranking.top, size);

/** What an earlier, killed run has saved, if it goes with this one. */
async function* resumed({ state }: RunContext, fresh: State): AsyncGenerator<VisualizerEvent, State> {
  const saved = await state.load();
  if (!saved) return fresh;
  const earlier = readable(saved);
  const different = earlier && differences(earlier, fresh);
  if (earlier && different?.length === 0) return earlier;
  const reason = different ? `is of something else (${different.join('; ')})` : 'cannot be read';
  yield { type: 'warning', message: `${NAME} starts anew, since what was saved ${reason}.` };
  return fresh;
}

/** What was saved; undefined when it is damaged, or of another version. */
function readable(saved: Uint8Array): State | undefined {
  try {
    return decodeState(saved);
  } catch {
    return undefined;
  }
}

async function joined(context: RunContext, folders: readonly string[], state: State): Promise<State> {
  return { ...state, done: state.size, ranking: await mergedRanking(folders, context, state, NAME) };
}

function* resultsOf({ model }: RunContext, state: State): Generator<Artifact> {
  yield topTable(model, state.ranking);
  const description = 'what --merge joins: the strongest activations in full';
  yield { kind: 'json', name: STATE_NAME, value: stateToJson({ ...state, projected: 0 }), description };
}
