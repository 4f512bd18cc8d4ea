import type { BackwardPolicy, DropoutLayer, FlattenLayer, Layer, LayerKind, LayerOf, PadLayer } from '@featurescope/core';
import type { Value } from '../graph/builder.js';
import { crop, reshape, transpose } from '../graph/operations.js';
import type { BackwardRule, Site } from '../graph/site.js';
import { clipDown, leakyReluDown, reluDown, sigmoidDown, tanhDown } from './activation.js';
import { convDown, denseDown } from './conv.js';
import { addDown, concatDown, multiplyDown } from './joins.js';
import { affineDown, batchNormDown, lrnDown, softmaxDown } from './normalisation.js';
import { avgPoolDown, globalAvgPoolDown, maxPoolDown } from './pool.js';

/** A rule for layers with one input. */
const single =
  <L extends Layer>(rule: (site: Site<L>, signal: Value, policy: BackwardPolicy) => Value): BackwardRule<L> =>
  (site, signal, policy) => [rule(site, signal, policy)];

function flattenDown(site: Site<FlattenLayer>, signal: Value): Value {
  const [n, c, h, w] = site.inputShape;
  if (site.layer.order === 'chw' || c === 1 || h * w === 1) return reshape(site.g, signal, [n, c, h, w]);
  return transpose(site.g, reshape(site.g, signal, [n, h, w, c]), [0, 3, 1, 2]);
}

function padDown(site: Site<PadLayer>, signal: Value): Value {
  const { top, left } = site.layer.padding;
  return crop(site.g, signal, [top, left], [site.inputShape[2], site.inputShape[3]]);
}

function dropoutDown(site: Site<DropoutLayer>, signal: Value): Value {
  const factors = site.dropout();
  return factors === undefined ? signal : site.g.op('Mul', [signal, factors]);
}

const RULES: { readonly [Kind in LayerKind]: BackwardRule<LayerOf<Kind>> } = {
  conv: single(convDown),
  dense: single(denseDown),
  maxPool: single(maxPoolDown),
  avgPool: single(avgPoolDown),
  globalAvgPool: single(globalAvgPoolDown),
  lrn: single(lrnDown),
  batchNorm: single(batchNormDown),
  affine: single(affineDown),
  relu: single(reluDown),
  leakyRelu: single(leakyReluDown),
  clip: single(clipDown),
  tanh: single(tanhDown),
  sigmoid: single(sigmoidDown),
  softmax: single(softmaxDown),
  identity: (_, signal) => [signal],
  dropout: single(dropoutDown),
  flatten: single(flattenDown),
  pad: single(padDown),
  concat: (site, signal, _, wanted) => concatDown(site, signal, wanted),
  add: (site, signal, _, wanted) => addDown(site, signal, wanted),
  multiply: (site, signal, _, wanted) => multiplyDown(site, signal, wanted),
  constant: () => [],
};

/** Adds the nodes that carry a signal down through a layer. */
export const backwardRule = (layer: Layer): BackwardRule<Layer> => RULES[layer.kind] as BackwardRule<Layer>;
