import type { AffineLayer, BatchNormLayer, ConvLayer, DenseLayer, Layer } from '@featurescope/core';
import { denseRows } from '../forward/conv.js';
import { perChannel } from '../forward/normalisation.js';
import type { Value } from '../graph/builder.js';
import { reduceSum, reshape } from '../graph/operations.js';
import type { Site, WeightRule } from '../graph/site.js';
import { kernelGradient } from './kernel-gradient.js';
import { inverseDeviation } from './normalisation.js';

const sumOverMaps = (site: Site, value: Value): Value => reduceSum(site.g, value, [0, 2, 3], false);

function convWeights(site: Site<ConvLayer>, signal: Value): Record<string, Value> {
  const kernel = kernelGradient(site, signal);
  return site.layer.bias ? { kernel, bias: sumOverMaps(site, signal) } : { kernel };
}

function denseWeights(site: Site<DenseLayer>, signal: Value): Record<string, Value> {
  const { g, shape } = site;
  const rows = reshape(g, signal, [shape[0], shape[1]]);
  const kernel = g.op('Gemm', [denseRows(site), rows], { transA: 1 });
  return site.layer.bias ? { kernel, bias: reduceSum(g, rows, [0], false) } : { kernel };
}

function batchNormWeights(site: Site<BatchNormLayer>, signal: Value): Record<string, Value> {
  const { g } = site;
  const normalised = g.op('Mul', [g.op('Sub', [site.input(), perChannel(site, 'mean')]), inverseDeviation(site)]);
  return { scale: sumOverMaps(site, g.op('Mul', [signal, normalised])), offset: sumOverMaps(site, signal) };
}

const affineWeights = (site: Site<AffineLayer>, signal: Value): Record<string, Value> => ({
  scale: sumOverMaps(site, site.g.op('Mul', [signal, site.input()])),
  offset: sumOverMaps(site, signal),
});

/** Adds the nodes for the gradients of a layer's weights; undefined for layers without. */
export function weightRule(layer: Layer): WeightRule<Layer> | undefined {
  switch (layer.kind) {
    case 'conv':
      return convWeights as WeightRule<Layer>;
    case 'dense':
      return denseWeights as WeightRule<Layer>;
    case 'batchNorm':
      return batchNormWeights as WeightRule<Layer>;
    case 'affine':
      return affineWeights as WeightRule<Layer>;
    default:
      return undefined;
  }
}
