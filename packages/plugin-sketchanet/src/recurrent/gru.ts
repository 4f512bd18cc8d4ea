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
 * Gated recurrent unit (Cho et al. 2014) as Sarvadevabhatla et al. (ACM MM 2016, eqs 1–4) write it:
 *   r = σ(W_xr x + W_hr h + b_r), z = σ(W_xz x + W_hz h + b_z), c = tanh(W_xh x + U(r ⊙ h) + b_h), h' = (1 − z) ⊙ h + z ⊙ c.
 * The reset gate comes before U, and z multiplies the new state. `gates` holds r, then z.
 */
export const gru: Cell = {
  shapes: (features, hidden) => [
    ['gates/input', [features, 2 * hidden]],
    ['gates/recurrent', [hidden, 2 * hidden]],
    ['gates/bias', [2 * hidden]],
    ['candidate/input', [features, hidden]],
    ['candidate/recurrent', [hidden, hidden]],
    ['candidate/bias', [hidden]],
  ],

  unroll<A extends FloatArray>(weights: Parameters<A>, packed: Packed<A>, hidden: number, product: Product): Unrolled<A> {
    const gates = project(packed, weightOf(weights, 'gates/input'), weightOf(weights, 'gates/bias'), product);
    const candidates = project(packed, weightOf(weights, 'candidate/input'), weightOf(weights, 'candidate/bias'), product);
    const states = emptyLike(candidates, candidates.length);
    const resets = emptyLike(candidates, candidates.length);
    for (let t = 0; t < packed.active.length; t++) {
      const n = packed.active[t] ?? 0;
      const h = before(packed, states, hidden, t);
      const [gate, candidate] = [stepOf(packed, gates, 2 * hidden, t), stepOf(packed, candidates, hidden, t)];
      const [state, reset] = [stepOf(packed, states, hidden, t), stepOf(packed, resets, hidden, t)];
      const gateOfState = product(h, weightOf(weights, 'gates/recurrent'), { m: n, k: hidden, n: 2 * hidden });
      for (let i = 0; i < gate.length; i++) gate[i] = sigmoid((gate[i] ?? 0) + (gateOfState[i] ?? 0));
      for (let i = 0; i < reset.length; i++) reset[i] = (gate[gateOf(i, hidden)] ?? 0) * (h[i] ?? 0);
      const candidateOfState = product(reset, weightOf(weights, 'candidate/recurrent'), { m: n, k: hidden, n: hidden });
      for (let i = 0; i < state.length; i++) {
        const z = gate[gateOf(i, hidden) + hidden] ?? 0;
        candidate[i] = Math.tanh((candidate[i] ?? 0) + (candidateOfState[i] ?? 0));
        state[i] = (1 - z) * (h[i] ?? 0) + z * (candidate[i] ?? 0);
      }
    }
    const trace = { gates, candidates, states, resets };
    return { hidden: states, backward: (gradient) => backward(weights, packed, hidden, product, trace, gradient) };
  },
};

interface Trace<A extends FloatArray> {
  /** r and z, [rows, 2 hidden]. */
  readonly gates: A;
  /** c, h' and r ⊙ h, [rows, hidden]. */
  readonly candidates: A;
  readonly states: A;
  readonly resets: A;
}

/** Place of r of entry i of a state; z stands `hidden` further. */
const gateOf = (i: number, hidden: number): number => i + Math.floor(i / hidden) * hidden;

function backward<A extends FloatArray>(
  weights: Parameters<A>,
  packed: Packed<A>,
  hidden: number,
  product: Product,
  { gates, candidates, states, resets }: Trace<A>,
  hiddenGradient: A,
): Gradients<A> {
  const gateSums = emptyLike(gates, gates.length);
  const candidateSums = emptyLike(candidates, candidates.length);
  let carried = emptyLike(states, 0);
  for (let t = packed.active.length - 1; t >= 0; t--) {
    const n = packed.active[t] ?? 0;
    const h = before(packed, states, hidden, t);
    const [gate, candidate] = [stepOf(packed, gates, 2 * hidden, t), stepOf(packed, candidates, hidden, t)];
    const [gateSum, candidateSum] = [stepOf(packed, gateSums, 2 * hidden, t), stepOf(packed, candidateSums, hidden, t)];
    const given = stepOf(packed, hiddenGradient, hidden, t);
    const back = emptyLike(given, given.length);
    for (let i = 0; i < given.length; i++) {
      const own = (given[i] ?? 0) + (carried[i] ?? 0);
      const place = gateOf(i, hidden) + hidden;
      const [z, c] = [gate[place] ?? 0, candidate[i] ?? 0];
      candidateSum[i] = own * z * (1 - c * c);
      gateSum[place] = own * (c - (h[i] ?? 0)) * z * (1 - z);
      back[i] = own * (1 - z);
    }
    const throughU = product(candidateSum, weightOf(weights, 'candidate/recurrent'), { m: n, k: hidden, n: hidden, transposeB: true });
    for (let i = 0; i < given.length; i++) {
      const place = gateOf(i, hidden);
      const [r, toReset] = [gate[place] ?? 0, throughU[i] ?? 0];
      gateSum[place] = toReset * (h[i] ?? 0) * r * (1 - r);
      back[i] = (back[i] ?? 0) + toReset * r;
    }
    const throughGates = product(gateSum, weightOf(weights, 'gates/recurrent'), { m: n, k: 2 * hidden, n: hidden, transposeB: true });
    for (let i = 0; i < back.length; i++) back[i] = (back[i] ?? 0) + (throughGates[i] ?? 0);
    carried = back;
  }
  const [gateInput, gateBias] = projectGradients(packed, gateSums, product);
  const [candidateInput, candidateBias] = projectGradients(packed, candidateSums, product);
  const recurrent = { m: hidden, k: packed.rows, transposeA: true };
  return new Map([
    ['gates/input', gateInput],
    ['gates/recurrent', product(shifted(packed, states, hidden), gateSums, { ...recurrent, n: 2 * hidden })],
    ['gates/bias', gateBias],
    ['candidate/input', candidateInput],
    ['candidate/recurrent', product(resets, candidateSums, { ...recurrent, n: hidden })],
    ['candidate/bias', candidateBias],
  ]);
}
