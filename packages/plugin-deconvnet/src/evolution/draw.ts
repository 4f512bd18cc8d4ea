import type { Random } from '@featurescope/core';
import type { RankedLayer, Ranking } from '../top-activations/tracking/ranking.js';
import { fires } from './history.js';
import type { EvolutionOptions } from './options.js';

/** Units of a layer that are projected when all are followed. */
const FEW = 16;

/** A random subset of the units of each layer (Zeiler & Fergus 2014, figure 4), those first that fire; in the order they are followed in. */
export const drawnUnits = (
  ranking: Ranking,
  { units, sheetUnits }: Pick<EvolutionOptions, 'units' | 'sheetUnits'>,
  random: Random,
): readonly RankedLayer[] =>
  ranking.layers.map(({ layer, units: all }) => {
    const most = sheetUnits ?? (units === 'all' ? FEW : all.length);
    const winners = ranking.strongest(layer);
    const order = [...random.fork(layer).permutation(all.length)];
    const firing = order.filter((place) => fires(winners[place]?.[0]));
    const silent = order.filter((place) => !fires(winners[place]?.[0]));
    const chosen = new Set([...firing, ...silent].slice(0, most));
    return { layer, units: all.filter((_, place) => chosen.has(place)) };
  });
