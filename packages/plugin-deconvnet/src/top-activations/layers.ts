import type { Model } from '@featurescope/core';
import { noSuchUnit } from './errors.js';
import type { TopOptions } from './options.js';
import type { RankedLayer } from './tracking/ranking.js';

/** The layers and units asked for, each once, in the order given. @throws FeaturescopeError for those that do not exist */
export function rankedLayers(
  model: Model,
  { layers, units }: Pick<TopOptions, 'layers' | 'units'>,
  visualizer: string,
): readonly RankedLayer[] {
  const infos = layers.map((reference) => model.layer(reference));
  const once = infos.filter(({ name }, i) => infos.findIndex((other) => other.name === name) === i);
  return once.map(({ name, outputShape: [, , channels] }) => {
    const chosen = units === 'all' ? Array.from({ length: channels }, (_, unit) => unit) : [...new Set(units)];
    for (const unit of chosen) if (unit >= channels) throw noSuchUnit(visualizer, model.name, name, unit, channels);
    return { layer: name, units: chosen };
  });
}
