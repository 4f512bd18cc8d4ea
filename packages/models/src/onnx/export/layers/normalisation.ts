import type { AffineLayer, BatchNormLayer, LrnLayer } from '@featurescope/core';
import { float, floatTensor } from '@featurescope/onnx';
import { notExpressible } from '../errors.js';
import type { WriteLayer } from '../site.js';

/** ONNX Runtime checks these bounds, which are narrower than those of the format. */
export const lrn: WriteLayer<LrnLayer> = (site) => {
  const { layer } = site;
  const { size, alpha, beta, bias } = layer;
  if (size % 2 === 0) throw notExpressible(layer, `it normalises over ${size} channels; expected an odd number`);
  if (!(alpha > 0 && beta > 0)) throw notExpressible(layer, `its alpha is ${alpha} and its beta ${beta}; expected numbers above 0`);
  site.write('LRN', [site.map()], { size, alpha: float(alpha), beta: float(beta), bias: float(bias) });
  return 'map';
};

export const batchNorm: WriteLayer<BatchNormLayer> = (site) => {
  const weights = ['scale', 'offset', 'mean', 'variance'].map((parameter) => site.graph.weight(site.layer, parameter));
  site.write('BatchNormalization', [site.first.name, ...weights], { epsilon: float(site.layer.epsilon) });
  return site.first.form;
};

/** A batch normalisation of mean 0 and variance 1: the one operator that does both. */
export const affine: WriteLayer<AffineLayer> = (site) => {
  const { layer, graph, first } = site;
  const channels = first.shape[2];
  const filled = (what: string, value: number) =>
    graph.shared(`${what} of ${channels}`, (name) => floatTensor(name, [channels], new Float32Array(channels).fill(value)));
  const inputs = [first.name, graph.weight(layer, 'scale'), graph.weight(layer, 'offset'), filled('zeros', 0), filled('ones', 1)];
  graph.layer(layer, 'BatchNormalization', inputs, { epsilon: float(0) }, { affine: true });
  return first.form;
};
