import type { CaffeLayer } from '../caffe-layer.js';
import type { LayerReader } from '../caffe-network.js';
import { hwioFromOihw } from '../weight-layout.js';
import { extentOf, symmetric } from './window.js';

/** Cross-correlation with kernels [out, in / group, height, width]. */
export const convolution: LayerReader = (layer, network) => {
  const p = layer.parameter.convolution_param ?? {};
  const input = layer.map;
  layer.checkChannelAxis(p.axis ?? 1, input);
  const { kernel_size = [], stride = [], pad = [], dilation = [], group: groups = 1, num_output: filters, bias_term: bias = true } = p;
  if (filters === undefined) throw layer.fail('lacks its num_output');
  const kernelSize = extentOf(layer, { what: 'kernel', both: kernel_size, height: p.kernel_h, width: p.kernel_w });
  if (kernelSize === undefined) throw layer.fail('lacks its kernel_size');
  const channels = input.shape[2];
  checkGroups(layer, channels, filters, groups);

  const [height, width] = kernelSize;
  const sizes = [filters, channels / groups, height, width] as const;
  layer.checkWeightCount(bias ? 2 : 1);
  const kernel = layer.weights(0, 'kernel', sizes);
  const offsets = bias ? layer.weights(1, 'bias', [filters]) : undefined;
  return network.add(
    layer,
    {
      kind: 'conv',
      kernelSize,
      filters,
      stride: extentOf(layer, { what: 'stride', both: stride, height: p.stride_h, width: p.stride_w }) ?? [1, 1],
      dilation: extentOf(layer, { what: 'dilation', both: dilation, height: undefined, width: undefined }) ?? [1, 1],
      padding: symmetric(extentOf(layer, { what: 'pad', both: pad, height: p.pad_h, width: p.pad_w }) ?? [0, 0]),
      groups,
      bias,
    },
    [input],
    {
      weights: {
        kernel: { shape: [height, width, channels / groups, filters], compute: () => hwioFromOihw(kernel(), sizes) },
        ...(offsets && { bias: { shape: [filters], compute: offsets } }),
      },
    },
  );
};

const checkGroups = (layer: CaffeLayer, channels: number, filters: number, groups: number): void => {
  if (groups >= 1 && channels % groups === 0 && filters % groups === 0) return;
  throw layer.fail(`cannot split ${channels} channels and ${filters} filters into ${groups} groups`);
};
