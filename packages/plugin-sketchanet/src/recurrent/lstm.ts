import { emptyLike, type FloatArray, type Product } from '@featurescope/core';
import {
  before,
  type Cell,
  type Gradients,
  type Parameters,
  project,
  projectGradients,
  shifted,
  sigmoid,
  stepOf,
  type Unrolled,
  weightOf,
} from './cell.js';
import type { Packed } from './sequence.js';

/**
 * Long short-term memory (Hochreiter & Schmidhuber 1997) with forget gate (Gers et al. 2000), without peepholes:
 *   i, f, o = σ(W_x x + W_h h + b), g = tanh(W_x x + W_h h + b), s' = f ⊙ s + i ⊙ g, h' = o ⊙ tanh(s').
 * `gates` holds i, f, o, then g.
 */
export const lstm: Cell = {
  shapes: (features, hidden) => [
    ['gates/input', [features, 4 * hidden]],
    ['gates/recurrent', [hidden, 4 * hidden]],
    ['gates/bias', [4 * hidden]],
  ],

  unroll<A extends FloatArray>(weights: Parameters<A>, packed: Packed<A>, hidden: number, product: Product): Unrolled<A> {
    const gates = project(packed, weightOf(weights, 'gates/input'), weightOf(weights, 'gates/bias'), product);
    const states = emptyLike(gates, packed.rows * hidden);
    const outputs = emptyLike(gates, packed.rows * hidden);
    for (let t = 0; t < packed.active.length; t++) {
      const [h, s] = [before(packed, outputs, hidden, t), before(packed, states, hidden, t)];
      const [gate, state, output] = [
        stepOf(packed, gates, 4 * hidden, t),
        stepOf(packed, states, hidden, t),
        stepOf(packed, outputs, hidden, t),
      ];
      const ofState = product(h, weightOf(weights, 'gates/recurrent'), { m: packed.active[t] ?? 0, k: hidden, n: 4 * hidden });
      for (let j = 0; j < gate.length; j++) {
        const sum = (gate[j] ?? 0) + (ofState[j] ?? 0);
        gate[j] = j % (4 * hidden) < 3 * hidden ? sigmoid(sum) : Math.tanh(sum);
      }
      for (let j = 0; j < state.length; j++) {
        const place = gateOf(j, hidden);
        const [i, f, o, g] = [gate[place] ?? 0, gate[place + hidden] ?? 0, gate[place + 2 * hidden] ?? 0, gate[place + 3 * hidden] ?? 0];
        const next = f * (s[j] ?? 0) + i * g;
        state[j] = next;
        output[j] = o * Math.tanh(next);
      }
    }
    return { hidden: outputs, backward: (gradient) => backward(weights, packed, hidden, product, { gates, states, outputs }, gradient) };
  },
};

interface Trace<A extends FloatArray> {
  /** i, f, o and g, [rows, 4 hidden]. */
  readonly gates: A;
  /** s' and h', [rows, hidden]. */
  readonly states: A;
  readonly outputs: A;
}

/** Place of i of entry j of a state; f, o and g stand `hidden` further each. */
const gateOf = (j: number, hidden: number): number => j + Math.floor(j / hidden) * 3 * hidden;

function backward<A extends FloatArray>(
  weights: Parameters<A>,
  packed: Packed<A>,
  hidden: number,
  product: Product,
  { gates, states, outputs }: Trace<A>,
  hiddenGradient: A,
): Gradients<A> {
  const sums = emptyLike(gates, gates.length);
  let carriedOutput = emptyLike(states, 0);
  let carriedState = emptyLike(states, 0);
  for (let t = packed.active.length - 1; t >= 0; t--) {
    const s = before(packed, states, hidden, t);
    const [gate, sum, state] = [
      stepOf(packed, gates, 4 * hidden, t),
      stepOf(packed, sums, 4 * hidden, t),
      stepOf(packed, states, hidden, t),
    ];
    const given = stepOf(packed, hiddenGradient, hidden, t);
    const stateBack = emptyLike(given, given.length);
    for (let j = 0; j < given.length; j++) {
      const place = gateOf(j, hidden);
      const [i, f, o, g] = [gate[place] ?? 0, gate[place + hidden] ?? 0, gate[place + 2 * hidden] ?? 0, gate[place + 3 * hidden] ?? 0];
      const bent = Math.tanh(state[j] ?? 0);
      const output = (given[j] ?? 0) + (carriedOutput[j] ?? 0);
      const own = output * o * (1 - bent * bent) + (carriedState[j] ?? 0);
      sum[place] = own * g * i * (1 - i);
      sum[place + hidden] = own * (s[j] ?? 0) * f * (1 - f);
      sum[place + 2 * hidden] = output * bent * o * (1 - o);
      sum[place + 3 * hidden] = own * i * (1 - g * g);
      stateBack[j] = own * f;
    }
    carriedState = stateBack;
    const shape = { m: packed.active[t] ?? 0, k: 4 * hidden, n: hidden, transposeB: true };
    carriedOutput = product(sum, weightOf(weights, 'gates/recurrent'), shape);
  }
  const [input, bias] = projectGradients(packed, sums, product);
  const shape = { m: hidden, k: packed.rows, n: 4 * hidden, transposeA: true };
  return new Map([
    ['gates/input', input],
    ['gates/recurrent', product(shifted(packed, outputs, hidden), sums, shape)],
    ['gates/bias', bias],
  ]);
}
