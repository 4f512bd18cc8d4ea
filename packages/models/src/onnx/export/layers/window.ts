import { dilatedSize, type Extent, type Layer, type Padding, resolvePadding, type Shape } from '@featurescope/core';
import type { AttributeValue } from '@featurescope/onnx';
import { notExpressible } from '../errors.js';

interface Window {
  readonly padding: Padding;
  readonly kernel: Extent;
  readonly stride: Extent;
  readonly dilation: Extent;
}

const both = (test: (axis: 0 | 1) => boolean): boolean => test(0) && test(1);

/**
 * `auto_pad` where ONNX Runtime follows it, else the padding in numbers: its rules are for kernels that are not dilated and reach
 * from one window to the next. @throws FeaturescopeError when the padding is another one for each size of the map
 */
export const windowPadding = (
  layer: Layer,
  { padding, kernel, stride, dilation }: Window,
  [height, width]: Shape,
  fixedSize: boolean,
): Readonly<Record<string, AttributeValue>> => {
  const followed = both((axis) => dilation[axis] === 1 && kernel[axis] >= stride[axis]);
  if (typeof padding === 'string' && followed) return { auto_pad: padding === 'same' ? 'SAME_UPPER' : 'SAME_LOWER' };
  const constant = both((axis) => stride[axis] === 1 || dilatedSize(kernel[axis], dilation[axis]) === 1);
  if (typeof padding === 'string' && !fixedSize && !constant) {
    const window = `its ${kernel.join('×')} window, dilated by ${dilation.join('×')}, in steps of ${stride.join('×')}`;
    throw notExpressible(layer, `the padding "${padding}" of ${window} depends on the size of the map, which is open`);
  }
  const { top, left, bottom, right } = resolvePadding(padding, [height, width], kernel, stride, dilation);
  return { pads: [top, left, bottom, right] };
};
