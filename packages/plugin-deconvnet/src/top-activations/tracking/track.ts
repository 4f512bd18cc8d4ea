import type { LayerName, Model, RunContext } from '@featurescope/core';
import { byShape, paddedSize } from './batches.js';
import { peakPasses } from './peak-passes.js';
import type { Peaks } from './peaks.js';
import { prefetched } from './prefetch.js';
import { rankPeaks } from './rank-peaks.js';
import type { Ranking } from './ranking.js';
import type { Stimuli, Stimulus } from './stimuli.js';

/** The places of some stimuli among all, ascending. */
export interface Items {
  readonly count: number;
  at(index: number): number;
}

export interface TrackRequest {
  readonly model: Pick<Model, 'network'>;
  readonly compile: RunContext['compile'];
  readonly stimuli: Stimuli;
  readonly items: Items;
  /** How many of the items the ranking has seen before. Default: 0. */
  readonly from?: number;
  /** How many go through the network at once. */
  readonly batch: number;
  /** Says which layers and units are looked at, and takes what is found. */
  readonly ranking: Ranking;
  readonly signal: AbortSignal;
}

/** Batches that are read before it is their turn. */
const AHEAD = 2;

/**
 * Shows stimuli to a network and ranks the strongest activation of each unit on each of them: one forward pass for all layers, and while it
 * is under way the next pictures are read. Yields how many items the ranking has seen, time after time; it does not change until the next
 * number is asked for.
 */
export async function* track({
  model,
  compile,
  stimuli,
  items,
  from = 0,
  batch,
  ranking,
  signal,
}: TrackRequest): AsyncGenerator<number, void> {
  const left = Math.max(items.count - from, 0);
  const read = (index: number): Promise<readonly Stimulus[]> => {
    const first = from + index * batch;
    const length = Math.min(batch, items.count - first);
    return Promise.all(Array.from({ length }, (_, i) => stimuli.read(items.at(first + i))));
  };
  const passes = peakPasses(
    model,
    ranking.layers.map(({ layer }) => layer),
    compile,
  );
  let done = from;
  try {
    for await (const group of prefetched(Math.ceil(left / batch), AHEAD, read)) {
      for (const alike of byShape(group)) {
        signal.throwIfAborted();
        await rank(await passes.run(alike, paddedSize(alike.length, batch), signal), alike, ranking);
      }
      done += group.length;
      yield done;
    }
  } finally {
    await passes.dispose();
  }
}

async function rank(peaks: ReadonlyMap<LayerName, Peaks>, stimuli: readonly Stimulus[], ranking: Ranking): Promise<void> {
  for (const ranked of ranking.layers) {
    const found = peaks.get(ranked.layer);
    if (found) await rankPeaks(found, stimuli, ranked, ranking);
  }
}
