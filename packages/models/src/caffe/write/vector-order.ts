import type { Layer, Shape } from '@featurescope/core';
import { notExpressible } from '../errors.js';
import type { WrittenBlob } from './layer-writer.js';

/**
 * The map that a layer's vector is a rearrangement of: that of a flattening to height, width, channels, kept by layers that treat all
 * values alike or whose weights can be rearranged too. Undefined where Caffe has the same order.
 * @throws FeaturescopeError for layers that depend on the order
 */
export const reorderedMap = (layer: Layer, inputs: readonly WrittenBlob[]): Shape | undefined => {
  const [input] = inputs;
  if (layer.kind === 'flatten' && layer.order === 'hwc' && input && mixes(input.shape)) return input.shape;
  if (inputs.every(({ reordered }) => reordered === undefined)) return undefined;
  switch (layer.kind) {
    case 'relu':
    case 'leakyRelu':
    case 'clip':
    case 'tanh':
    case 'sigmoid':
    case 'dropout':
    case 'identity':
    case 'affine':
    case 'batchNorm':
    case 'flatten':
      return input?.reordered;
    case 'add':
    case 'multiply':
      if (inputs.every(({ reordered }) => reordered?.join() === input?.reordered?.join())) return input?.reordered;
      break;
    case 'dense':
      return undefined;
    default:
  }
  throw notExpressible(
    layer.name,
    layer.kind,
    'it depends on the order of a map that was flattened to height, width, channels; Caffe flattens to channels, height, width',
  );
};

const mixes = ([height, width, channels]: Shape): boolean => height * width > 1 && channels > 1;
