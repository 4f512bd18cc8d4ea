import type { ConvLayer, DenseLayer, FlattenOrder, Shape } from './layer.js';
import type { Weight } from './network.js';
import { NO_PADDING } from './padding.js';

/** The map that a vector is laid out from, and the order in which it is. */
export interface Origin {
  readonly shape: Shape;
  readonly order: FlattenOrder;
}

/** Of one position, where the order of a vector makes no difference. */
export const isVector = ([height, width]: Shape): boolean => height * width === 1;

/** Whether two vectors, or two things that are none, are laid out alike. */
export const sameOrigin = (a: Origin | undefined, b: Origin | undefined): boolean =>
  a?.order === b?.order && a?.shape.join() === b?.shape.join();

/** A dense layer as a convolution whose window is the whole map that it looks at. */
export const asConvolution = ({ name, inputs, units, bias, weightsOf }: DenseLayer, [height, width]: Shape): ConvLayer => ({
  kind: 'conv',
  name,
  inputs,
  kernelSize: [height, width],
  filters: units,
  stride: [1, 1],
  dilation: [1, 1],
  padding: NO_PADDING,
  groups: 1,
  bias,
  ...(weightsOf === undefined ? {} : { weightsOf }),
});

/** The weights [inputs, units] of a dense layer as a kernel [h, w, C, units]. */
export function asKernel({ shape: [inputs = 0, units = 0], data }: Weight, { shape: [height, width, channels], order }: Origin): Weight {
  const shape = [height, width, channels, units];
  if (order === 'hwc') return { shape, data };
  const places = height * width;
  const kernel = new Float32Array(data.length);
  for (let row = 0; row < inputs; row++) {
    const to = (row % places) * channels + Math.floor(row / places);
    kernel.set(data.subarray(row * units, (row + 1) * units), to * units);
  }
  return { shape, data: kernel };
}
