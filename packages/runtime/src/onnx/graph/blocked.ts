import type { GraphBuilder, Value } from './builder.js';
import { type Convolution, convolutionAttributes } from './convolution.js';
import type { Parameter, Parameters } from './parameters.js';

/** ONNX Runtime's own operators on maps whose channels are stored in blocks of a vector's width: [N, C / block, H, W, block]. */
export const BLOCKED_DOMAIN = 'com.microsoft.nchwc';

/** The runtime converts maps only if their number of channels is a multiple of this. */
const ALIGNMENT = 4;

/**
 * Whether a convolution can be written with the blocked operators. ONNX Runtime chooses them itself when the kernel is a
 * constant; for kernels that change with every step they must be named.
 */
export const fitsBlocks = ({ groups, kernel }: Pick<Convolution, 'groups' | 'kernel'>, block: number): boolean => {
  const [, , depth = 1] = kernel.dims;
  return block > 0 && groups === 1 && (depth < block || depth % ALIGNMENT === 0);
};

const roundedUp = (count: number, block: number): number => Math.ceil(count / block) * block;

/** The kernel as [O / block, I / block, kh, kw, block of I, block of O], or [O / block, I, kh, kw, block of O] for few input channels. */
function blockedKernel(parameters: Parameters, kernel: Parameter, block: number): Parameter {
  const [kh = 1, kw = 1, depth = 1, filters = 1] = kernel.dims;
  const outputs = roundedUp(filters, block);
  if (depth < block) {
    const full = parameters.pad(kernel, [kh, kw, depth, outputs]);
    const split = parameters.reshape(full, [kh, kw, depth, outputs / block, block]);
    return parameters.reshape(parameters.transpose(split, [3, 2, 0, 1, 4]), [outputs, depth, kh, kw]);
  }
  const inputs = roundedUp(depth, block);
  const full = parameters.pad(kernel, [kh, kw, inputs, outputs]);
  const split = parameters.reshape(full, [kh, kw, inputs / block, block, outputs / block, block]);
  return parameters.reshape(parameters.transpose(split, [4, 2, 0, 1, 3, 5]), [outputs, inputs, kh, kw]);
}

export function blockedConvolution(g: GraphBuilder, parameters: Parameters, convolution: Convolution): Value {
  const { kernel, bias, map } = convolution;
  const [, , depth = 1, filters = 1] = kernel.dims;
  const blocked = depth < g.block ? map : g.op('ReorderInput', [map], {}, BLOCKED_DOMAIN);
  const inputs = [blocked, parameters.use(blockedKernel(parameters, kernel, g.block))];
  if (bias) inputs.push(parameters.use(parameters.pad(bias, [roundedUp(filters, g.block)])));
  const result = g.op('Conv', inputs, convolutionAttributes(convolution), BLOCKED_DOMAIN);
  return g.op('ReorderOutput', [result], { channels: filters }, BLOCKED_DOMAIN);
}
