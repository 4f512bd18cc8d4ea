import type { ConvLayer, DenseLayer } from '@featurescope/core';
import type { Value } from '../graph/builder.js';
import { convPadding } from '../graph/conv-geometry.js';
import { convolve } from '../graph/convolution.js';
import { reshape, sizeOf, transpose } from '../graph/operations.js';
import type { Site } from '../graph/site.js';

export const conv = (site: Site<ConvLayer>): Value =>
  convolve(site.g, site.parameters, {
    map: site.input(),
    kernel: site.weight('kernel'),
    ...(site.layer.bias && { bias: site.weight('bias') }),
    stride: site.layer.stride,
    dilation: site.layer.dilation,
    padding: convPadding(site.layer, site.inputShape),
    groups: site.layer.groups,
  });

/** The input of a dense layer as [N, values], in the layer's order. */
export function denseRows(site: Site<DenseLayer>): Value {
  const { g, layer, inputShape } = site;
  const [n, c, h, w] = inputShape;
  const ordered = layer.inputOrder === 'hwc' && c > 1 && h * w > 1 ? transpose(g, site.input(), [0, 2, 3, 1]) : site.input();
  return reshape(g, ordered, [n, sizeOf([c, h, w])]);
}

export function dense(site: Site<DenseLayer>): Value {
  const { g, parameters, layer, shape } = site;
  const inputs = [denseRows(site), parameters.use(site.weight('kernel'))];
  if (layer.bias) inputs.push(parameters.use(site.weight('bias')));
  return reshape(g, g.op('Gemm', inputs), shape);
}
