import type { Box } from '../../image/pixels.js';
import type { Layer, Shape } from '../../network/layer.js';
import { dilatedSize, resolvePadding } from '../../network/padding.js';

/** Positions of one axis from `start` up to, not including, `end`; empty where `end` is not larger. */
interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Positions whose window of `span` positions, moved by `stride` from `before` positions outside the map, meets the interval. */
function meeting({ start, end }: Interval, span: number, stride: number, before: number, count: number): Interval {
  if (end <= start) return { start: 0, end: 0 };
  return {
    start: Math.max(0, Math.ceil((start + before - span + 1) / stride)),
    end: Math.min(count, Math.floor((end - 1 + before) / stride) + 1),
  };
}

const rowsOf = ({ top, height }: Box): Interval => ({ start: top, end: top + height });
const columnsOf = ({ left, width }: Box): Interval => ({ start: left, end: left + width });

/** Nothing changes. */
export const NOWHERE: Box = { top: 0, left: 0, height: 0, width: 0 };

export const isNowhere = ({ height, width }: Box): boolean => height <= 0 || width <= 0;

function box(rows: Interval, columns: Interval): Box {
  const made = { top: rows.start, left: columns.start, height: rows.end - rows.start, width: columns.end - columns.start };
  return isNowhere(made) ? NOWHERE : made;
}

/** All of a map. */
export const everywhere = ([height, width]: Shape): Box => ({ top: 0, left: 0, height, width });

/** The smallest box around boxes. */
export function around(boxes: readonly Box[]): Box {
  const some = boxes.filter((one) => !isNowhere(one));
  if (some.length === 0) return NOWHERE;
  const rows = { start: Math.min(...some.map(({ top }) => top)), end: Math.max(...some.map(({ top, height }) => top + height)) };
  const columns = { start: Math.min(...some.map(({ left }) => left)), end: Math.max(...some.map(({ left, width }) => left + width)) };
  return box(rows, columns);
}

/**
 * The smallest box of a layer's output outside of which nothing changes, when nothing of its inputs changes outside of `changed`. `inputs` and
 * `output` are their shapes.
 */
export function affected(layer: Layer, changed: readonly Box[], inputs: readonly Shape[], output: Shape): Box {
  const [first = NOWHERE] = changed;
  const [size = output] = inputs;
  switch (layer.kind) {
    case 'conv': {
      const { kernelSize: kernel, stride, dilation } = layer;
      const padding = resolvePadding(layer.padding, [size[0], size[1]], kernel, stride, dilation);
      return box(
        meeting(rowsOf(first), dilatedSize(kernel[0], dilation[0]), stride[0], padding.top, output[0]),
        meeting(columnsOf(first), dilatedSize(kernel[1], dilation[1]), stride[1], padding.left, output[1]),
      );
    }
    case 'maxPool':
    case 'avgPool': {
      const padding = resolvePadding(layer.padding, [size[0], size[1]], layer.size, layer.stride);
      return box(
        meeting(rowsOf(first), layer.size[0], layer.stride[0], padding.top, output[0]),
        meeting(columnsOf(first), layer.size[1], layer.stride[1], padding.left, output[1]),
      );
    }
    case 'pad':
      if (isNowhere(first)) return NOWHERE;
      return around([shifted(first, layer.padding.top, layer.padding.left, output)]);
    case 'globalAvgPool':
    case 'dense':
    case 'flatten':
      return isNowhere(first) ? NOWHERE : everywhere(output);
    case 'constant':
      return NOWHERE;
    default:
      // An input of height and width 1 beside larger ones reaches all positions.
      return around(changed.map((one, i) => (isSpread(inputs[i] ?? output, output) && !isNowhere(one) ? everywhere(output) : one)));
  }
}

const isSpread = (input: Shape, output: Shape): boolean => input[0] * input[1] === 1 && output[0] * output[1] > 1;

/** A box moved down and to the right, as far as it is inside the map. Padding that is negative cuts off. */
function shifted({ top, left, height, width }: Box, down: number, right: number, [rows, columns]: Shape): Box {
  const start = [Math.max(0, top + down), Math.max(0, left + right)] as const;
  const end = [Math.min(rows, top + down + height), Math.min(columns, left + right + width)] as const;
  return box({ start: start[0], end: end[0] }, { start: start[1], end: end[1] });
}
