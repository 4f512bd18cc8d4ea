import type { AffineLayer, BackwardPolicy, BatchNormLayer, LrnLayer, PlainLayer } from '@featurescope/core';
import { channelWindowSum, lrnBase, perChannel } from '../forward/normalisation.js';
import type { Value } from '../graph/builder.js';
import { reduceSum } from '../graph/operations.js';
import type { Site } from '../graph/site.js';

/** With D = bias + alpha / n · Σ x²: dx = R · D^−β − 2αβ/n · x · Σ R · x · D^(−β−1), summed over the channels that x normalises. */
export function lrnDown(site: Site<LrnLayer>, signal: Value, policy: BackwardPolicy): Value {
  if (policy.lrn === 'bypass') return signal;
  const { g, layer, shape } = site;
  const base = lrnBase(site);
  const power = g.op('Pow', [base, g.scalar(-layer.beta)]);
  const direct = g.op('Mul', [signal, power]);
  const product = g.op('Div', [g.op('Mul', [direct, site.input()]), base]);
  const across = channelWindowSum(g, product, shape, layer.size, true);
  const factor = g.scalar((2 * layer.alpha * layer.beta) / layer.size);
  return g.op('Sub', [direct, g.op('Mul', [g.op('Mul', [site.input(), factor]), across])]);
}

/** 1 / √(variance + epsilon), [1, C, 1, 1]. */
export function inverseDeviation(site: Site<BatchNormLayer>): Value {
  const { g } = site;
  return g.op('Reciprocal', [g.op('Sqrt', [g.op('Add', [perChannel(site, 'variance'), g.scalar(site.layer.epsilon)])])]);
}

export const batchNormDown = (site: Site<BatchNormLayer>, signal: Value): Value =>
  site.g.op('Mul', [signal, site.g.op('Mul', [perChannel(site, 'scale'), inverseDeviation(site)])]);

export const affineDown = (site: Site<AffineLayer>, signal: Value): Value => site.g.op('Mul', [signal, perChannel(site, 'scale')]);

export function softmaxDown(site: Site<PlainLayer>, signal: Value): Value {
  const { g } = site;
  const product = g.op('Mul', [signal, site.output()]);
  return g.op('Sub', [product, g.op('Mul', [site.output(), reduceSum(g, product, [1])])]);
}
