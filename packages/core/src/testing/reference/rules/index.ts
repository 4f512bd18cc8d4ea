import type { Layer, LayerKind, LayerOf } from '../../../network/layer.js';
import type { Rule } from '../rule.js';
import { clip, leakyRelu, relu, sigmoid, tanh } from './activation.js';
import { avgPool, globalAvgPool } from './avg-pool.js';
import { conv } from './conv.js';
import { dense } from './dense.js';
import { add, concat, multiply } from './join.js';
import { constant, dropout, flatten, identity, pad } from './layout.js';
import { lrn } from './lrn.js';
import { maxPool } from './max-pool.js';
import { affine, batchNorm } from './per-channel.js';
import { softmax } from './softmax.js';

const rules: { readonly [K in LayerKind]: Rule<LayerOf<K>> } = {
  conv,
  dense,
  maxPool,
  avgPool,
  globalAvgPool,
  lrn,
  batchNorm,
  affine,
  relu,
  leakyRelu,
  clip,
  tanh,
  sigmoid,
  softmax,
  dropout,
  flatten,
  pad,
  concat,
  add,
  multiply,
  identity,
  constant,
};

export const ruleOf = (layer: Layer): Rule<Layer> => rules[layer.kind] as unknown as Rule<Layer>;
