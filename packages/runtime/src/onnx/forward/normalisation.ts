import type { AffineLayer, BatchNormLayer, LrnLayer } from '@featurescope/core';
import { float } from '@featurescope/onnx';
import type { GraphBuilder, Value } from '../graph/builder.js';
import { type MapShape, reshape } from '../graph/operations.js';
import type { Site } from '../graph/site.js';

/** Sum over the channels that normalise each channel (or, mirrored, over those that it normalises). */
export function channelWindowSum(g: GraphBuilder, value: Value, [n, c, h, w]: MapShape, size: number, mirrored = false): Value {
  const below = Math.floor((size - 1) / 2);
  const above = size - 1 - below;
  const [before, after] = mirrored ? [above, below] : [below, above];
  const rows = reshape(g, value, [n, 1, c, h * w]);
  const mean = g.op('AveragePool', [rows], { kernel_shape: [size, 1], pads: [before, 0, after, 0], count_include_pad: 1 });
  return reshape(g, g.op('Mul', [mean, g.scalar(size)]), [n, c, h, w]);
}

/** bias + alpha / size · Σ x². */
export function lrnBase(site: Site<LrnLayer>): Value {
  const { g, layer, shape } = site;
  const squares = channelWindowSum(g, g.op('Mul', [site.input(), site.input()]), shape, layer.size);
  return g.op('Add', [g.op('Mul', [squares, g.scalar(layer.alpha / layer.size)]), g.scalar(layer.bias)]);
}

export const lrn = (site: Site<LrnLayer>): Value =>
  site.g.op('Mul', [site.input(), site.g.op('Pow', [lrnBase(site), site.g.scalar(-site.layer.beta)])]);

export function batchNorm(site: Site<BatchNormLayer>): Value {
  const weights = ['scale', 'offset', 'mean', 'variance'].map((parameter) => site.parameters.use(site.weight(parameter)));
  return site.g.op('BatchNormalization', [site.input(), ...weights], { epsilon: float(site.layer.epsilon) });
}

/** A per-channel parameter as [1, C, 1, 1]. */
export function perChannel(site: Site<AffineLayer | BatchNormLayer>, parameter: string): Value {
  const weight = site.weight(parameter);
  return site.parameters.use(site.parameters.reshape(weight, [1, weight.dims[0] ?? 0, 1, 1]));
}

export const affine = (site: Site<AffineLayer>): Value =>
  site.g.op('Add', [site.g.op('Mul', [site.input(), perChannel(site, 'scale')]), perChannel(site, 'offset')]);
