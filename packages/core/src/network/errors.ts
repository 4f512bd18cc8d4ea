import { FeaturescopeError } from '../errors.js';
import type { LayerName } from './layer.js';

export const unknownLayerInGraph = (name: LayerName, user: string) =>
  new FeaturescopeError(
    'network/unknown-layer',
    `network: "${user}" refers to "${name}", which is neither a layer nor the network's input`,
  );

export const layerDoesNotFit = (name: LayerName, problem: string) =>
  new FeaturescopeError('network/layer-does-not-fit', `layer "${name}": ${problem}`);

export const invalidNetwork = (problem: string) => new FeaturescopeError('network/invalid', `the network cannot be used: ${problem}`);

export const invalidWeight = (name: string, problem: string) =>
  new FeaturescopeError('network/invalid-weight', `the weight "${name}" ${problem}`);

export const activationTooLarge = (name: LayerName, shape: readonly number[]) =>
  new FeaturescopeError(
    'network/too-large',
    `layer "${name}" would give ${shape.join('×')} numbers for one picture, more than a gigabyte; use a smaller picture, or check the model file`,
  );

export const mixesPositions = (name: LayerName, kind: string) =>
  new FeaturescopeError(
    'network/not-convolutional',
    `layer "${name}" of kind ${kind} works on a flattened map, which cannot be done at several places of a larger picture: ` +
      'only dense layers and functions of single numbers can. Use the network at its own size.',
  );

export const anySizeImpossible = (problem: string, cause: unknown) =>
  new FeaturescopeError(
    'network/not-convolutional',
    `the network cannot be applied at several places of a larger picture: ${problem}. Use the network at its own size.`,
    { cause },
  );
