import type { Peak, Peaks } from './peaks.js';
import type { RankedLayer, Ranking, Strong } from './ranking.js';
import type { Stimulus } from './stimuli.js';

/** An activation in the ranking whose position is not known yet. */
interface Draft extends Strong {
  at: Strong['at'];
}

/**
 * Offers the strongest activation of each unit on each stimulus to a ranking; there may be more pictures than stimuli. Positions are looked up only of
 * what the ranking keeps.
 */
export async function rankPeaks(
  peaks: Peaks,
  stimuli: readonly Stimulus[],
  { layer, units }: RankedLayer,
  ranking: Ranking,
): Promise<void> {
  const { values, channels } = peaks;
  const kept: { readonly draft: Draft; readonly peak: Peak; readonly place: number }[] = [];
  const bars = ranking.bars(layer);
  for (const [picture, { item, name, shape }] of stimuli.entries())
    for (const place of above(values, picture * channels, units, bars)) {
      const channel = units[place] ?? 0;
      const value = values[picture * channels + channel] ?? Number.NaN;
      const draft: Draft = { item, name, value, at: [0, 0], size: [shape[0], shape[1]] };
      if (ranking.offer(layer, place, draft)) kept.push({ draft, peak: { picture, channel, value }, place });
    }
  const lists = ranking.strongest(layer);
  const lasting = kept.filter(({ draft, place }) => lists[place]?.includes(draft));
  const positions = await peaks.locate(lasting.map(({ peak }) => peak));
  lasting.forEach(({ draft }, i) => {
    draft.at = positions[i] ?? draft.at;
  });
}

/** Places of the units whose value exceeds what it must. */
function above(values: Float32Array, start: number, units: readonly number[], bars: Float32Array): readonly number[] {
  const places: number[] = [];
  for (let place = 0; place < units.length; place++)
    if ((values[start + (units[place] as number)] as number) > (bars[place] as number)) places.push(place);
  return places;
}
