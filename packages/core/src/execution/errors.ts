import { FeaturescopeError } from '../errors.js';
import type { LayerInfo } from '../network/network.js';
import { didYouMean } from '../suggest.js';

export const unknownLayer = (name: string, layers: readonly LayerInfo[]) =>
  new FeaturescopeError(
    'layer/unknown-name',
    `The network has no layer "${name}".${didYouMean(
      name,
      layers.map((layer) => layer.name),
    )} ` + `A layer is addressed by its exact name or by its index, 1 to ${layers.length}.`,
  );

export const layerIndexOutOfRange = (index: number, layers: readonly LayerInfo[]) =>
  new FeaturescopeError(
    'layer/index-out-of-range',
    `There is no layer with index ${index}: expected a whole number from 1 ("${layers[0]?.name ?? ''}") to ` +
      `${layers.length} ("${layers.at(-1)?.name ?? ''}"), or a layer's exact name.`,
  );
