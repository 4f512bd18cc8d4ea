import type { PlainLayer } from '../../../network/layer.js';
import { type Array4, add as accumulate, forEachPlace, get, place, type Shape4, zeros } from '../array4.js';
import type { LayerCall, Rule } from '../rule.js';

type Call = LayerCall<PlainLayer>;

const withChannels = (inputs: readonly Array4[]): Shape4 => {
  const [n, h, w] = inputs[0]?.shape ?? [0, 0, 0];
  return [n, h, w, inputs.reduce((total, { shape }) => total + shape[3], 0)];
};

/** Calls with places in the joined array and in the input that is meant. */
function forEachJoined(inputs: readonly Array4[], visit: (joined: number, input: number, which: number) => void): void {
  const joined = withChannels(inputs);
  let before = 0;
  inputs.forEach(({ shape }, which) => {
    const offset = before;
    forEachPlace(shape, (n, y, x, c) => visit(place(joined, n, y, x, offset + c), place(shape, n, y, x, c), which));
    before += shape[3];
  });
}

export const concat: Rule<PlainLayer> = {
  forward: ({ inputs }) => {
    const joined = zeros(withChannels(inputs));
    forEachJoined(inputs, (to, from, which) => {
      joined.data[to] = get(inputs[which]?.data ?? [], from);
    });
    return joined;
  },
  backward: ({ inputs }, signal) => {
    const below = inputs.map(({ shape }) => zeros(shape));
    forEachJoined(inputs, (from, to, which) => {
      const target = below[which];
      if (target) target.data[to] = get(signal.data, from);
    });
    return below;
  },
};

/** The largest height and width among the inputs. */
const broadcastShape = (inputs: readonly Array4[]): Shape4 => {
  const [n, , , c] = inputs[0]?.shape ?? [0, 0, 0, 0];
  return [n, Math.max(...inputs.map(({ shape }) => shape[1])), Math.max(...inputs.map(({ shape }) => shape[2])), c];
};

/** Place in an input that is broadcast where its height and width are 1. */
const source = ({ shape }: Array4, n: number, y: number, x: number, c: number): number =>
  shape[1] === 1 && shape[2] === 1 ? place(shape, n, 0, 0, c) : place(shape, n, y, x, c);

/** A join of numbers that meet at one place, with its derivative with respect to number `which`. */
const elementwise = (
  join: (values: readonly number[]) => number,
  derivative: (values: readonly number[], which: number) => number,
): Rule<PlainLayer> => {
  const valuesAt = ({ inputs }: Call, n: number, y: number, x: number, c: number) =>
    inputs.map((input) => get(input.data, source(input, n, y, x, c)));
  return {
    forward: (call) => {
      const out = zeros(broadcastShape(call.inputs));
      forEachPlace(out.shape, (n, y, x, c) => {
        out.data[place(out.shape, n, y, x, c)] = join(valuesAt(call, n, y, x, c));
      });
      return out;
    },
    backward: (call, signal) =>
      call.inputs.map((input, which) => {
        const below = zeros(input.shape);
        forEachPlace(signal.shape, (n, y, x, c) => {
          const above = get(signal.data, place(signal.shape, n, y, x, c));
          accumulate(below.data, source(input, n, y, x, c), above * derivative(valuesAt(call, n, y, x, c), which));
        });
        return below;
      }),
  };
};

export const add = elementwise(
  (values) => values.reduce((a, b) => a + b, 0),
  () => 1,
);

export const multiply = elementwise(
  (values) => values.reduce((a, b) => a * b, 1),
  (values, which) => values.reduce((product, value, i) => (i === which ? product : product * value), 1),
);
