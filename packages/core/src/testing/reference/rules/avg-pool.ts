import type { AvgPoolLayer, PlainLayer } from '../../../network/layer.js';
import { type Array4, add, forEachPlace, get, place, type Shape4, zeros } from '../array4.js';
import { inputOf, type LayerCall, type Rule } from '../rule.js';
import { windowsOver } from '../windows.js';

type Call = LayerCall<AvgPoolLayer>;

const outputShape = (call: Call, input: Shape4): Shape4 => {
  const [rows, columns] = axes(call, input);
  return [input[0], rows.count, columns.count, input[3]];
};

const axes = ({ layer }: Call, [, height, width]: Shape4) =>
  windowsOver([height, width], { ...layer, kernel: layer.size, dilation: [1, 1] });

/** Calls with the places in output and input of every summand, and its factor 1 / divisor. */
function forEachSummand(call: Call, input: Shape4, visit: (output: number, input: number, factor: number) => void): void {
  const { size, countIncludePad } = call.layer;
  const [rows, columns] = axes(call, input);
  const output = outputShape(call, input);
  const count = (from: number, to: number, low: number, high: number) => Math.max(0, Math.min(to, high) - Math.max(from, low));
  forEachPlace(output, (n, row, column, channel) => {
    const [y0, x0] = [rows.start(row), columns.start(column)];
    const [y1, x1] = [y0 + size[0], x0 + size[1]];
    const divisor = countIncludePad
      ? count(y0, y1, Number.NEGATIVE_INFINITY, rows.paddedEnd) * count(x0, x1, Number.NEGATIVE_INFINITY, columns.paddedEnd)
      : count(y0, y1, 0, input[1]) * count(x0, x1, 0, input[2]);
    for (let y = Math.max(y0, 0); y < Math.min(y1, input[1]); y++)
      for (let x = Math.max(x0, 0); x < Math.min(x1, input[2]); x++)
        visit(place(output, n, row, column, channel), place(input, n, y, x, channel), 1 / divisor);
  });
}

export const avgPool: Rule<AvgPoolLayer> = {
  forward: (call) => {
    const x = inputOf(call);
    const y = zeros(outputShape(call, x.shape));
    forEachSummand(call, x.shape, (o, i, factor) => add(y.data, o, get(x.data, i) * factor));
    return y;
  },
  backward: (call, signal) => {
    const below = zeros(inputOf(call).shape);
    forEachSummand(call, below.shape, (o, i, factor) => add(below.data, i, get(signal.data, o) * factor));
    return [below];
  },
};

export const globalAvgPool: Rule<PlainLayer> = {
  forward: (call) => {
    const x = inputOf(call);
    const [n, h, w, c] = x.shape;
    const y = zeros([n, 1, 1, c]);
    forEachPlace(x.shape, (picture, row, column, channel) =>
      add(y.data, picture * c + channel, get(x.data, place(x.shape, picture, row, column, channel)) / (h * w)),
    );
    return y;
  },
  backward: (call, signal): readonly Array4[] => {
    const below = zeros(inputOf(call).shape);
    const [, h, w, c] = below.shape;
    forEachPlace(below.shape, (picture, row, column, channel) =>
      add(below.data, place(below.shape, picture, row, column, channel), get(signal.data, picture * c + channel) / (h * w)),
    );
    return [below];
  },
};
