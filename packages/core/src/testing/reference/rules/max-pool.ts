import type { MaxPoolLayer } from '../../../network/layer.js';
import { add, get, place, type Shape4, zeros } from '../array4.js';
import { inputOf, type LayerCall, type Rule } from '../rule.js';
import { windowsOver } from '../windows.js';

type Call = LayerCall<MaxPoolLayer>;

interface PoolWindow {
  /** Place of the window's value in the output. */
  readonly output: number;
  /** Places in the input that the window covers, in row-major order. */
  readonly covered: readonly number[];
  /** Place of the position at offset ⌊(k − 1) / 2⌋, unless it falls outside the map. */
  readonly center: number | undefined;
}

const axes = ({ layer }: Call, [, height, width]: Shape4) =>
  windowsOver([height, width], { ...layer, kernel: layer.size, dilation: [1, 1] });

function* windows(call: Call, input: Shape4): Generator<PoolWindow> {
  const [n, height, width, channels] = input;
  const [kh, kw] = call.layer.size;
  const [rows, columns] = axes(call, input);
  const output: Shape4 = [n, rows.count, columns.count, channels];
  const inside = (y: number, x: number) => y >= 0 && y < height && x >= 0 && x < width;
  for (let picture = 0; picture < n; picture++)
    for (let row = 0; row < rows.count; row++)
      for (let column = 0; column < columns.count; column++)
        for (let channel = 0; channel < channels; channel++) {
          const [y0, x0] = [rows.start(row), columns.start(column)];
          const covered: number[] = [];
          for (let y = y0; y < y0 + kh; y++)
            for (let x = x0; x < x0 + kw; x++) if (inside(y, x)) covered.push(place(input, picture, y, x, channel));
          const [cy, cx] = [y0 + Math.floor((kh - 1) / 2), x0 + Math.floor((kw - 1) / 2)];
          const center = inside(cy, cx) ? place(input, picture, cy, cx, channel) : undefined;
          yield { output: place(output, picture, row, column, channel), covered, center };
        }
}

/** Place of the first largest number. */
const strongest = (covered: readonly number[], data: Float64Array): number | undefined =>
  covered.reduce<number | undefined>((best, next) => (best === undefined || get(data, next) > get(data, best) ? next : best), undefined);

export const maxPool: Rule<MaxPoolLayer> = {
  forward: (call) => {
    const x = inputOf(call);
    const [rows, columns] = axes(call, x.shape);
    const y = zeros([x.shape[0], rows.count, columns.count, x.shape[3]]);
    for (const { output, covered } of windows(call, x.shape)) {
      const best = strongest(covered, x.data);
      y.data[output] = best === undefined ? Number.NEGATIVE_INFINITY : get(x.data, best);
    }
    return y;
  },
  backward: (call, signal, policy) => {
    const x = inputOf(call);
    const below = zeros(x.shape);
    for (const { output, covered, center } of windows(call, x.shape)) {
      const value = get(signal.data, output);
      const single = policy.maxPool === 'center' ? center : strongest(covered, x.data);
      const targets = policy.maxPool === 'all' ? covered : single === undefined ? [] : [single];
      for (const target of targets) add(below.data, target, value);
    }
    return [below];
  },
};
