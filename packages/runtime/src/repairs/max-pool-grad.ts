import type { Tensor4D } from '@tensorflow/tfjs-core';
import { unpoolToFirst } from '../maths/unpooling.js';
import { forEachWindow, type PoolAttributes, poolGeometry } from './pool-windows.js';
import { composedRepair, type HostTensor, loopRepair } from './repair.js';

/** The published wasm kernel looks for a maximum above zero and loses the signal of windows that have none. */
export const maxPoolGrad = loopRepair('MaxPoolGrad', ['wasm'], {
  shape: ({ input }: { input: { shape: number[] } }) => input.shape,
  fill(output, { dy, input }: Record<'dy' | 'input' | 'output', HostTensor>, attributes: PoolAttributes) {
    const [, height = 0, width = 0, channels = 0] = input.shape;
    forEachWindow(input.shape, attributes, (window, n, top, bottom, left, right) => {
      for (let c = 0; c < channels; c++) {
        let first = -1;
        let greatest = -Infinity;
        for (let y = top; y < bottom; y++)
          for (let i = ((n * height + y) * width + left) * channels + c, x = left; x < right; x++, i += channels) {
            const value = input.values[i] as number;
            if (value > greatest || first < 0) {
              greatest = value;
              first = i;
            }
          }
        if (first >= 0) output[first] = (output[first] as number) + (dy.values[window * channels + c] as number);
      }
    });
  },
});

/** On GPUs the published kernels do not send ties to the first position. */
export const maxPoolGradOnGpu = composedRepair(
  'MaxPoolGrad',
  ['webgpu', 'tensorflow-gpu'],
  ({ dy, input, output }: Record<'dy' | 'input' | 'output', Tensor4D>, attributes: PoolAttributes) =>
    unpoolToFirst(input, output, dy, poolGeometry(input.shape, attributes)),
);
