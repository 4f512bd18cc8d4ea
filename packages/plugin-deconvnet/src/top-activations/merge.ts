import type { RunContext } from '@featurescope/core';
import { badState, noState, otherState, wrongShards } from './errors.js';
import { shardText } from './shard.js';
import { decodeState, differences, type State } from './state.js';
import { merged, type Ranking } from './tracking/ranking.js';

export const STATE_NAME = 'state';

/**
 * The ranking of all data from the output folders of runs that have each seen a shard of them.
 * @throws FeaturescopeError when a folder has no finished shard, one of another kind, or when not all shards are there once
 */
export async function mergedRanking(
  folders: readonly string[],
  { loadRun }: Pick<RunContext, 'loadRun'>,
  wanted: State,
  visualizer: string,
): Promise<Ranking> {
  const states: State[] = [];
  for (const folder of folders) {
    const state = await stateOf(folder, loadRun, visualizer);
    const different = differences(state, wanted);
    if (different.length > 0) throw otherState(folder, different);
    states.push(state);
  }
  checkShards(states);
  return merged(states.map(({ ranking }) => ranking));
}

async function stateOf(folder: string, loadRun: RunContext['loadRun'], visualizer: string): Promise<State> {
  const { manifest, read } = await loadRun(folder);
  const run = manifest.runs.find((one) => one.visualizer === visualizer && one.status === 'done');
  const artifact = run?.artifacts.find(({ kind, name }) => kind === 'json' && name === STATE_NAME);
  const bytes = artifact && (await read(artifact.path));
  if (!bytes)
    throw noState(
      folder,
      manifest.runs.map((one) => `${one.visualizer}${one.status === 'done' ? '' : ` (${one.status})`}`),
    );
  try {
    return decodeState(bytes);
  } catch (cause) {
    throw badState(folder, cause);
  }
}

function checkShards(states: readonly State[]): void {
  const of = states[0]?.shard.of ?? 1;
  const counts = new Map<number, number>();
  for (const { shard } of states) counts.set(shard.index, (counts.get(shard.index) ?? 0) + 1);
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((index) => !counts.has(index));
  const twice = [...counts].flatMap(([index, count]) => (count > 1 ? [index] : []));
  if (missing.length + twice.length > 0 || states.some(({ shard }) => shard.of !== of))
    throw wrongShards(
      states.map(({ shard }) => shardText(shard)),
      of,
      missing,
      twice,
    );
}
