import { FeaturescopeError } from '../errors.js';
import type { Box } from '../image/pixels.js';
import type { Extent, LayerName } from '../network/layer.js';
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

const shown = (sizes: readonly (number | string)[]): string => `[${sizes.join(', ')}]`;

export const wrongGuide = (layer: LayerName, given: readonly number[], expected: readonly (number | string)[]) =>
  new FeaturescopeError('executor/guide', `The guide at layer "${layer}" has shape ${shown(given)}; expected ${shown(expected)}.`);

export const wrongDirection = (layer: LayerName, given: number, channels: number) =>
  new FeaturescopeError(
    'executor/direction',
    `The direction at layer "${layer}" has ${given} numbers; expected ${channels}, one for each channel.`,
  );

export const unitOutOfRange = (layer: LayerName, unit: string, shape: readonly number[]) =>
  new FeaturescopeError(
    'executor/unit',
    `Layer "${layer}" has no ${unit}: its activation is [N, H, W, C] = ${shown(shape)}, counted from 0.`,
  );

export const wrongUnitCount = (layer: LayerName, given: number, pictures: number) =>
  new FeaturescopeError(
    'executor/units',
    `The objective at layer "${layer}" names ${given} units for ${pictures} pictures; expected one, or one for each picture.`,
  );

export const wrongLabels = (layer: LayerName, given: readonly number[], classes: number, pictures: number) =>
  new FeaturescopeError(
    'executor/labels',
    `Cross-entropy at layer "${layer}" was given the classes ${shown(given)} for ${pictures} pictures; expected one class from 0 to ${classes - 1} for each, and a layer of height and width 1.`,
  );

export const seedWithoutPart = (layer: LayerName, form: string, part: string, forms: string) =>
  new FeaturescopeError(
    'executor/seed-part',
    `The seed "${form}" at layer "${layer}" was given "${part}", which has no meaning for it: leave it out, or use one of the forms ${forms}.`,
  );

export const unknownPatchLayer = (name: string, layers: readonly LayerName[]) =>
  new FeaturescopeError('executor/patch-layer', `The network has no layer "${name}".${didYouMean(name, layers)}`);

export const unknownPatchChannel = (layer: LayerName, channel: number, channels: number) =>
  new FeaturescopeError(
    'executor/patch-channel',
    `Layer "${layer}" has no channel ${channel}; expected a whole number from 0 to ${channels - 1}.`,
  );

export const patchOutside = (box: Box, [height, width]: Extent) =>
  new FeaturescopeError(
    'executor/patch-outside',
    `A patch of ${box.height}×${box.width} pixels at row ${box.top}, column ${box.left} is not inside a picture of ${height}×${width}.`,
  );

export const wrongPatchValues = (given: number, expected: number) =>
  new FeaturescopeError('executor/patch-values', `A patch has ${given} values; expected ${expected}, height × width × channels.`);
