import type { AvgPoolLayer, Extent, PlainLayer } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { padOrCrop } from '../../maths/spacing.js';
import { type Windows, windowsOf } from '../../maths/windows.js';
import type { LayerRule, Site } from './rule.js';

/** Adds a signal in full to every position of its window: [N, rows, columns, C] → [N, H, W, C]. */
export function spreadOverWindows(signal: Tensor4D, [height, width]: Extent, { size, stride, cover }: Windows): Tensor4D {
  const [n, , , channels] = signal.shape;
  const rows = height + cover.top + cover.bottom;
  const columns = width + cover.left + cover.right;
  const attributes = { filterSize: [...size], strides: [...stride], pad: 'valid' };
  const dy = tf.mul(signal, size[0] * size[1]);
  // The kernel takes only the shape from its input, but all backends want a tensor.
  const input = tf.zeros([n, rows, columns, channels]);
  const onMap = tf.engine().runKernel('AvgPoolGrad', { dy, input }, attributes) as Tensor4D;
  return padOrCrop(onMap, { top: -cover.top, left: -cover.left, bottom: -cover.bottom, right: -cover.right });
}

/** Number of positions that count in each window along one axis. */
function counted(windows: Windows, axis: 0 | 1, length: number, includePad: boolean): Float32Array {
  const before = axis === 0 ? windows.padding.top : windows.padding.left;
  const after = axis === 0 ? windows.padding.bottom : windows.padding.right;
  const first = includePad ? -before : 0;
  const end = includePad ? length + after : length;
  return Float32Array.from({ length: windows.count[axis] }, (_, i) => {
    const start = i * windows.stride[axis] - before;
    return Math.max(Math.min(start + windows.size[axis], end) - Math.max(start, first), 0);
  });
}

/** 1 / divisor of each window, [1, rows, columns, 1]. */
function weights(layer: AvgPoolLayer, windows: Windows, [height, width]: Extent): Tensor4D {
  const rows = counted(windows, 0, height, layer.countIncludePad);
  const columns = counted(windows, 1, width, layer.countIncludePad);
  const values = Float32Array.from({ length: rows.length * columns.length }, (_, i) => {
    const divisor = (rows[Math.floor(i / columns.length)] ?? 0) * (columns[i % columns.length] ?? 0);
    return divisor > 0 ? 1 / divisor : 0;
  });
  return tf.tensor4d(values, [1, rows.length, columns.length, 1]);
}

const sizeOf = (map: Tensor4D): Extent => [map.shape[1], map.shape[2]];
const setting = ({ layer, inputs: [x] }: Pick<Site<AvgPoolLayer>, 'layer' | 'inputs'>) => ({
  windows: windowsOf(layer, sizeOf(x)),
  map: sizeOf(x),
});

export const avgPool: LayerRule<AvgPoolLayer> = {
  forward(at) {
    const { windows, map } = setting(at);
    const { size, stride, cover } = windows;
    const means = tf.avgPool(padOrCrop(at.inputs[0], cover), [...size], [...stride], 'valid');
    return tf.mul(means, tf.mul(weights(at.layer, windows, map), size[0] * size[1]));
  },
  backward(at, signal) {
    const { windows, map } = setting(at);
    return [spreadOverWindows(tf.mul(signal, weights(at.layer, windows, map)), map, windows)];
  },
};

export const globalAvgPool: LayerRule<PlainLayer> = {
  forward: ({ inputs: [x] }) => tf.mean(x, [1, 2], true),
  backward({ inputs: [x] }, signal) {
    const [n, h, w, c] = x.shape;
    return [tf.broadcastTo(tf.div(signal, h * w), [n, h, w, c])];
  },
};
