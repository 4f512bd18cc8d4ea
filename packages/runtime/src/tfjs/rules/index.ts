import type { Layer, LayerKind, LayerOf } from '@featurescope/core';
import { clip, leakyRelu, relu, sigmoid, tanh } from './activation.js';
import { avgPool, globalAvgPool } from './avg-pool.js';
import { conv } from './conv.js';
import { dense, flatten } from './dense.js';
import { lrn } from './lrn.js';
import { maxPool } from './max-pool.js';
import { add, concat, multiply } from './merge.js';
import { affine, batchNorm } from './normalisation.js';
import { constant, dropout, identity, pad } from './pass.js';
import type { LayerRule } from './rule.js';
import { softmax } from './softmax.js';

const RULES: { readonly [K in LayerKind]: LayerRule<LayerOf<K>> } = {
  conv,
  dense,
  relu,
  leakyRelu,
  clip,
  tanh,
  sigmoid,
  maxPool,
  avgPool,
  globalAvgPool,
  lrn,
  batchNorm,
  affine,
  softmax,
  dropout,
  flatten,
  concat,
  add,
  multiply,
  pad,
  identity,
  constant,
};

/** How this layer runs and how a signal goes down through it. */
export const ruleOf = (layer: Layer): LayerRule => RULES[layer.kind] as LayerRule;
