import type { ConvLayer } from '@featurescope/core';
import type { Layout } from '../graph-writer.js';
import type { WriteLayer } from '../site.js';
import { windowPadding } from './window.js';

export const conv: WriteLayer<ConvLayer> = (site) => {
  const { layer, graph } = site;
  const inputs = [site.map(), graph.weight(layer, 'kernel', oihwFromHwio), ...(layer.bias ? [graph.weight(layer, 'bias')] : [])];
  site.write('Conv', inputs, {
    kernel_shape: layer.kernelSize,
    strides: layer.stride,
    dilations: layer.dilation,
    group: layer.groups,
    ...windowPadding(layer, { ...layer, kernel: layer.kernelSize }, site.first.shape, site.fixedSize),
  });
  return 'map';
};

/** Convolution weights [H, W, I, O] as [O, I, H, W]. */
const oihwFromHwio = ({ dims, data }: Layout): Layout => {
  const [h = 1, w = 1, i = 1, o = 1] = dims;
  const result = new Float32Array(data.length);
  let to = 0;
  for (let output = 0; output < o; output++)
    for (let input = 0; input < i; input++)
      for (let position = 0; position < h * w; position++) result[to++] = data[(position * i + input) * o + output] ?? 0;
  return { dims: [o, i, h, w], data: result };
};
