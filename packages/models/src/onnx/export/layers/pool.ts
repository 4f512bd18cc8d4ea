import type { AvgPoolLayer, MaxPoolLayer, PadLayer, PlainLayer } from '@featurescope/core';
import { floatTensor, int64Tensor } from '@featurescope/onnx';
import type { Site, WriteLayer } from '../site.js';
import { windowPadding } from './window.js';

const poolAttributes = ({ layer, first, fixedSize }: Site<MaxPoolLayer | AvgPoolLayer>) => ({
  kernel_shape: layer.size,
  strides: layer.stride,
  ...windowPadding(layer, { ...layer, kernel: layer.size, dilation: [1, 1] }, first.shape, fixedSize),
  ...(layer.ceilMode && { ceil_mode: 1 }),
});

export const maxPool: WriteLayer<MaxPoolLayer> = (site) => {
  site.write('MaxPool', [site.map()], poolAttributes(site));
  return 'map';
};

export const avgPool: WriteLayer<AvgPoolLayer> = (site) => {
  const counted = site.layer.countIncludePad && { count_include_pad: 1 };
  site.write('AveragePool', [site.map()], { ...poolAttributes(site), ...counted });
  return 'map';
};

export const globalAvgPool: WriteLayer<PlainLayer> = (site) => {
  site.write('GlobalAveragePool', [site.map()]);
  return 'map';
};

export const pad: WriteLayer<PadLayer> = (site) => {
  const { top, left, bottom, right } = site.layer.padding;
  const pads = site.graph.tensor(site.layer, 'pads', (name) => int64Tensor(name, [8], [0, 0, top, left, 0, 0, bottom, right]));
  const value = site.graph.tensor(site.layer, 'value', (name) => floatTensor(name, [], Float32Array.of(site.layer.value)));
  site.write('Pad', [site.map(), pads, value]);
  return 'map';
};
