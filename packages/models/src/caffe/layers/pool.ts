import type { Extent } from '@featurescope/core';
import type { Blob, CaffeLayer } from '../caffe-layer.js';
import type { LayerReader } from '../caffe-network.js';
import { extentOf, listed, symmetric } from './window.js';

/** Maximum or mean over windows, whose number is rounded up. */
export const pooling: LayerReader = (layer, network) => {
  const p = layer.parameter.pooling_param ?? {};
  const input = layer.map;
  const method = p.pool ?? 'MAX';
  if (method !== 'MAX' && method !== 'AVE') throw layer.fail(`pools by ${method}; expected MAX or AVE`);
  const size = p.global_pooling
    ? globalSize(layer, input)
    : extentOf(layer, { what: 'kernel', both: listed(p.kernel_size), height: p.kernel_h, width: p.kernel_w });
  if (size === undefined) throw layer.fail('lacks its kernel_size');
  const stride = extentOf(layer, { what: 'stride', both: listed(p.stride), height: p.stride_h, width: p.stride_w }) ?? [1, 1];
  const pad = extentOf(layer, { what: 'pad', both: listed(p.pad), height: p.pad_h, width: p.pad_w }) ?? [0, 0];
  if (p.global_pooling) {
    if (pad.some((n) => n !== 0) || stride.some((n) => n !== 1)) throw layer.fail('pools globally; expected pad 0 and stride 1');
    if (method === 'AVE') return network.add(layer, { kind: 'globalAvgPool' }, [input]);
    network.isBoundToSize = true;
  }
  const ceilMode = p.round_mode !== 'FLOOR';
  if (ceilMode && pad.every((n) => n === 0)) checkLastWindow(layer, input, size, stride);
  const draft = { size, stride, padding: symmetric(pad), ceilMode };
  return network.add(layer, method === 'MAX' ? { kind: 'maxPool', ...draft } : { kind: 'avgPool', ...draft, countIncludePad: true }, [
    input,
  ]);
};

const globalSize = (layer: CaffeLayer, { shape }: Blob): Extent => {
  const p = layer.parameter.pooling_param ?? {};
  if (p.kernel_size !== undefined || p.kernel_h !== undefined || p.kernel_w !== undefined)
    throw layer.fail('pools globally and also states a kernel size');
  return [shape[0], shape[1]];
};

/** Without padding Caffe keeps a last window that starts beyond the map, whose maximum is −3·10³⁸ and whose mean is not a number. */
const checkLastWindow = (layer: CaffeLayer, { shape }: Blob, size: Extent, stride: Extent): void => {
  for (const axis of [0, 1] as const) {
    const last = Math.ceil((shape[axis] - size[axis]) / stride[axis]) * stride[axis];
    if (last >= shape[axis]) throw layer.fail(`has a last window that starts at ${last}, beyond its map of ${shape[0]}×${shape[1]}`);
  }
};
