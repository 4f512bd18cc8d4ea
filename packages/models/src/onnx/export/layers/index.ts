import type { Layer, LayerKind, LayerOf } from '@featurescope/core';
import type { WriteLayer } from '../site.js';
import { conv } from './conv.js';
import { dense, flatten } from './dense.js';
import { affine, batchNorm, lrn } from './normalisation.js';
import { add, clip, concat, constant, dropout, leakyRelu, multiply, unary } from './plain.js';
import { avgPool, globalAvgPool, maxPool, pad } from './pool.js';

const WRITERS: { readonly [Kind in LayerKind]: WriteLayer<LayerOf<Kind>> } = {
  conv,
  dense,
  maxPool,
  avgPool,
  lrn,
  batchNorm,
  affine,
  leakyRelu,
  clip,
  dropout,
  flatten,
  pad,
  constant,
  relu: unary('Relu'),
  tanh: unary('Tanh'),
  sigmoid: unary('Sigmoid'),
  identity: unary('Identity'),
  softmax: unary('Softmax', { axis: 1 }),
  globalAvgPool,
  concat,
  add,
  multiply,
};

/** What writes the nodes of a layer. */
export const writerOf = (layer: Layer): WriteLayer<Layer> => WRITERS[layer.kind] as WriteLayer<Layer>;
