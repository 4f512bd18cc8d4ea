import type { LayerName, Model } from '@featurescope/core';
import type { RankedLayer } from '../top-activations/tracking/ranking.js';
import { noSuchUnit, otherNetwork } from './errors.js';
import type { EvolutionOptions } from './options.js';

type Asked = Pick<EvolutionOptions, 'layers' | 'units'>;

/** The layers and units to follow, each once, in the order given. @throws FeaturescopeError for those that the model does not have */
export function followedLayers(model: Model, { layers, units }: Asked): readonly RankedLayer[] {
  const names = [...new Set(layers.map((reference) => model.layer(reference).name))];
  return names.map((layer) => {
    const channels = channelsOf(model, layer);
    const chosen = units === 'all' ? Array.from({ length: channels }, (_, unit) => unit) : [...new Set(units)];
    for (const unit of chosen) if (unit >= channels) throw noSuchUnit(model.name, layer, unit, channels);
    return { layer, units: chosen };
  });
}

/** @throws FeaturescopeError when a checkpoint does not have the layers and units that were followed up to it */
export function checkLayers(model: Model, followed: readonly RankedLayer[], { units }: Asked): void {
  for (const { layer, units: chosen } of followed) {
    const channels = channelsOf(model, layer);
    if (units === 'all' && channels !== chosen.length) throw otherNetwork(model.name, layer, channels, chosen.length);
    for (const unit of chosen) if (unit >= channels) throw noSuchUnit(model.name, layer, unit, channels);
  }
}

const channelsOf = (model: Model, layer: LayerName): number => model.layer(layer).outputShape[2];
