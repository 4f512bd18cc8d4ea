import type { FlattenLayer, Layer, LayerKind, LayerOf, PadLayer, PlainLayer } from '@featurescope/core';
import { float } from '@featurescope/onnx';
import { layerWithoutValue } from '../errors.js';
import type { Value } from '../graph/builder.js';
import { pad as padMap, reshape, toChannelsLast } from '../graph/operations.js';
import type { ForwardRule, Site } from '../graph/site.js';
import { conv, dense } from './conv.js';
import { affine, batchNorm, lrn } from './normalisation.js';
import { avgPool, maxPool } from './pool.js';

const unary =
  (type: string) =>
  (site: Site<PlainLayer>): Value =>
    site.g.op(type, [site.input()]);

const allInputs = (site: Site<PlainLayer>): Value[] => site.layer.inputs.map((_, index) => site.input(index));

const folded =
  (type: 'Add' | 'Mul') =>
  (site: Site<PlainLayer>): Value =>
    allInputs(site).reduce((a, b) => site.g.op(type, [a, b]));

function flatten(site: Site<FlattenLayer>): Value {
  const { g, layer, inputShape, shape } = site;
  return reshape(g, layer.order === 'hwc' ? toChannelsLast(g, site.input(), inputShape) : site.input(), shape);
}

const pad = (site: Site<PadLayer>): Value => padMap(site.g, site.input(), site.layer.padding, site.layer.value);

const RULES: { readonly [Kind in LayerKind]: ForwardRule<LayerOf<Kind>> } = {
  conv,
  dense,
  maxPool,
  avgPool,
  lrn,
  batchNorm,
  affine,
  relu: unary('Relu'),
  tanh: unary('Tanh'),
  sigmoid: unary('Sigmoid'),
  globalAvgPool: unary('GlobalAveragePool'),
  softmax: (site) => site.g.op('Softmax', [site.input()], { axis: 1 }),
  identity: (site) => site.input(),
  concat: (site) => site.g.op('Concat', allInputs(site), { axis: 1 }),
  add: folded('Add'),
  multiply: folded('Mul'),
  leakyRelu: (site) => site.g.op('LeakyRelu', [site.input()], { alpha: float(site.layer.slope) }),
  clip: (site) => site.g.op('Clip', [site.input(), site.g.scalar(site.layer.min), site.g.scalar(site.layer.max)]),
  dropout: (site) => {
    const factors = site.dropout();
    return factors === undefined ? site.input() : site.g.op('Mul', [site.input(), factors]);
  },
  flatten,
  pad,
  constant: (site) => {
    throw layerWithoutValue(site.layer.name);
  },
};

/** Adds the nodes that compute a layer. */
export const forwardRule = (layer: Layer): ForwardRule<Layer> => RULES[layer.kind] as ForwardRule<Layer>;
