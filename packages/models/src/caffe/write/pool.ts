import { type AvgPoolLayer, type Extent, type MaxPoolLayer, resolvePadding, windowCount } from '@featurescope/core';
import type { LayerParameter } from '../messages.js';
import { cropKernel } from './identity-kernel.js';
import { blob, type LayerWriter } from './layer-writer.js';

type PoolWriter = LayerWriter<MaxPoolLayer | AvgPoolLayer>;

/** A pool along one axis. */
interface Axis {
  readonly size: number;
  readonly window: number;
  readonly stride: number;
  readonly before: number;
  readonly after: number;
  /** Whether there is padding along any axis, in which case Caffe leaves out windows that begin beyond the map. */
  readonly padded: boolean;
}

/** How Caffe pools along an axis: its padding, and the windows that it has in front of ours and beyond them. */
interface CaffeAxis {
  readonly pad: number;
  readonly front: number;
  readonly end: number;
}

/**
 * A pool, whose padding is the same on both sides in Caffe and whose number of windows is rounded up: ours are among its windows,
 * and a convolution of ones and zeros leaves the others out.
 */
export const writePool = (writer: PoolWriter): void => {
  const { layer, input } = writer;
  const [height, width, channels] = input.shape;
  const padding = resolvePadding(layer.padding, [height, width], layer.size, layer.stride);
  const padded = padding.top > 0 || padding.left > 0;
  const y = caffeAxis(writer, {
    size: height,
    window: layer.size[0],
    stride: layer.stride[0],
    before: padding.top,
    after: padding.bottom,
    padded,
  });
  const x = caffeAxis(writer, {
    size: width,
    window: layer.size[1],
    stride: layer.stride[1],
    before: padding.left,
    after: padding.right,
    padded,
  });

  writer.withAxes(4);
  const pool = poolParameters(layer, [y.pad, x.pad]);
  const [rows, columns] = [y.front + y.end + 1, x.front + x.end + 1];
  if (rows === 1 && columns === 1) {
    writer.last('Pooling', pool);
    return;
  }
  writer.before('Pooling', 'all', pool);
  writer.last('Convolution', {
    convolution_param: { num_output: channels, bias_term: false, group: channels, kernel_h: rows, kernel_w: columns },
    blobs: [blob([channels, 1, rows, columns], cropKernel(channels, [y.front, x.front], [y.end, x.end]))],
  });
};

const poolParameters = (
  { kind, size, stride }: MaxPoolLayer | AvgPoolLayer,
  [padY, padX]: Extent,
): Pick<LayerParameter, 'pooling_param'> => ({
  pooling_param: {
    pool: kind === 'maxPool' ? 'MAX' : 'AVE',
    ...(size[0] === size[1] ? { kernel_size: size[0] } : { kernel_h: size[0], kernel_w: size[1] }),
    ...(stride[0] === stride[1] ? { stride: stride[0] } : { stride_h: stride[0], stride_w: stride[1] }),
    ...(padY === padX ? (padY === 0 ? {} : { pad: padY }) : { pad_h: padY, pad_w: padX }),
  },
});

/** The least padding that is ours, or ours and whole steps, with which Caffe has all our windows. */
const caffeAxis = (writer: PoolWriter, axis: Axis): CaffeAxis => {
  const { size, window, stride, before, after } = axis;
  const wanted = windowCount(size, window, stride, before, after, writer.layer.ceilMode);
  const fail = (problem: string) =>
    writer.fail(
      `its ${wanted} windows of ${window} positions in steps of ${stride}, over ${size} padded by ${before} and ${after}, ${problem}`,
    );
  let front = 0;
  // Padding of almost a window is enough for every window that has a position in the map, and ours have.
  while (caffeCount(axis, before + front * stride) - front < wanted && before + (front + 1) * stride < window) front++;
  const pad = before + front * stride;
  const given = caffeCount(axis, pad);
  if ((given - 1) * stride - pad >= size) throw fail('are followed by one beyond the map in Caffe');
  if (writer.layer.kind === 'avgPool') checkDivisors(axis, pad, wanted, writer.layer.countIncludePad, fail);
  return { pad, front, end: given - front - wanted };
};

/** Number of windows in Caffe, which leaves out a last one that begins in the padding. */
const caffeCount = ({ size, window, stride, padded }: Axis, pad: number): number => {
  const count = Math.ceil((size + 2 * pad - window) / stride) + 1;
  return (pad > 0 || padded) && (count - 1) * stride >= size + pad ? count - 1 : count;
};

/** A mean is taken over the window as far as it lies in the padded map; Caffe's map is padded at the end as at the beginning. */
const checkDivisors = (
  { size, window, stride, before, after }: Axis,
  pad: number,
  wanted: number,
  countIncludePad: boolean,
  fail: (problem: string) => Error,
): void => {
  for (let i = 0; i < wanted; i++) {
    const start = i * stride - before;
    const ours = countIncludePad ? Math.min(start + window, size + after) - start : Math.min(start + window, size) - Math.max(start, 0);
    const theirs = Math.min(start + window, size + pad) - start;
    if (ours !== theirs) throw fail(`divide by ${ours} in window ${i + 1}, where Caffe divides by ${theirs}`);
  }
};
