import type { ExplicitPadding, Extent } from '@featurescope/core';
import { blockedConvolution, fitsBlocks } from './blocked.js';
import type { GraphBuilder, Value } from './builder.js';
import type { Parameter, Parameters } from './parameters.js';

/** A convolution of a map [N, C, H, W] with a kernel [kh, kw, Cin / groups, Cout]. */
export interface Convolution {
  readonly map: Value;
  readonly kernel: Parameter;
  readonly bias?: Parameter;
  readonly stride: Extent;
  readonly dilation: Extent;
  readonly padding: ExplicitPadding;
  readonly groups: number;
}

/** Attributes that the standard operator and the blocked one share. */
export const convolutionAttributes = ({ kernel, stride, dilation, padding, groups }: Convolution) => ({
  kernel_shape: kernel.dims.slice(0, 2),
  strides: stride,
  dilations: dilation,
  group: groups,
  pads: [padding.top, padding.left, padding.bottom, padding.right],
});

/** Adds a convolution in the layout that is fastest. */
export function convolve(g: GraphBuilder, parameters: Parameters, convolution: Convolution): Value {
  if (fitsBlocks(convolution, g.block)) return blockedConvolution(g, parameters, convolution);
  const kernel = parameters.transpose(convolution.kernel, [3, 2, 0, 1]);
  const inputs = [convolution.map, parameters.use(kernel)];
  if (convolution.bias) inputs.push(parameters.use(convolution.bias));
  return g.op('Conv', inputs, convolutionAttributes(convolution));
}
