import type { Model } from '@featurescope/core';
import { rankedLayers } from '../top-activations/layers.js';
import type { RankedLayer } from '../top-activations/tracking/ranking.js';
import { otherNetwork } from './errors.js';
import type { EvolutionOptions } from './options.js';

/** @throws FeaturescopeError when a checkpoint does not have the layers and units that were followed up to it */
export function checkLayers(
  model: Model,
  followed: readonly RankedLayer[],
  { units }: Pick<EvolutionOptions, 'units'>,
  visualizer: string,
): void {
  const layers = followed.map(({ layer }) => layer);
  for (const [i, { layer, units: found }] of rankedLayers(model, { layers, units }, visualizer).entries()) {
    const expected = followed[i]?.units.length ?? 0;
    if (found.length !== expected) throw otherNetwork(model.name, layer, found.length, expected);
  }
}
