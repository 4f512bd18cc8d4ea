import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { rotatedDepthwise } from '../maths/convolution.js';
import { forEachWindow, type PoolAttributes, poolGeometry } from './pool-windows.js';
import { composedRepair, type HostTensor, loopRepair } from './repair.js';

/** The published kernels divide by the whole window also where part of it lies on padding, which the forward pass does not count. */
export const avgPoolGrad = loopRepair('AvgPoolGrad', ['wasm', 'cpu'], {
  shape: ({ input }: { input: { shape: number[] } }) => input.shape,
  fill(output, { dy, input }: Record<'dy' | 'input', HostTensor>, attributes: PoolAttributes) {
    const [, height = 0, width = 0, channels = 0] = input.shape;
    forEachWindow(input.shape, attributes, (window, n, top, bottom, left, right) => {
      const share = 1 / ((bottom - top) * (right - left));
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++)
          for (let c = 0, i = ((n * height + y) * width + x) * channels, from = window * channels; c < channels; c++)
            output[i + c] = (output[i + c] as number) + share * (dy.values[from + c] as number);
    });
  },
});

/** The same as a depthwise convolution. */
export const avgPoolGradOnWebgpu = composedRepair(
  'AvgPoolGrad',
  ['webgpu'],
  ({ dy, input }: Record<'dy' | 'input', Tensor4D>, attributes: PoolAttributes) => {
    const [, height, width, channels] = input.shape;
    const { size, stride, padding } = poolGeometry(input.shape, attributes);
    const shares: number[] = [];
    forEachWindow([1, height, width, 1], attributes, (window, _n, top, bottom, left, right) => {
      shares[window] = 1 / ((bottom - top) * (right - left));
    });
    const shared = tf.mul(dy, tf.tensor4d(shares, [1, dy.shape[1], dy.shape[2], 1]));
    return rotatedDepthwise(shared as Tensor4D, tf.ones([...size, channels, 1]), [height, width], { stride, dilation: [1, 1], padding });
  },
);
