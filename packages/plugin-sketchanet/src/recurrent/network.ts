import { emptyLike, type FloatArray, fastProduct, type Product, probabilities, type Rows } from '@featurescope/core';
import { type Cell, type Gradients, type Parameters, weightOf } from './cell.js';
import { unfitSequence, unknownClass } from './errors.js';
import { gru } from './gru.js';
import { lstm } from './lstm.js';
import { type Packed, packSequences, type Sequence, unpack } from './sequence.js';
import { packedWeights, type StepWeighting } from './step-weights.js';

export type CellName = 'gru' | 'lstm';

export interface RecurrentSizes {
  readonly cell: CellName;
  readonly features: number;
  readonly hidden: number;
  readonly classes: number;
}

/** A recurrent layer with a linear output without bias, y_t = W_hy h_t, and a softmax over classes at every step. */
export interface RecurrentNetwork<A extends FloatArray = Float32Array> extends RecurrentSizes {
  readonly weights: Parameters<A>;
}

const CELLS: Readonly<Record<CellName, Cell>> = { gru, lstm };
const OUTPUT = 'output/kernel';

/** Names and shapes of all weights. */
export const layout = ({ cell, features, hidden, classes }: RecurrentSizes): readonly (readonly [string, readonly number[]])[] => [
  ...CELLS[cell].shapes(features, hidden),
  [OUTPUT, [hidden, classes]],
];

/** Number of weights. */
export const parameterCount = (sizes: RecurrentSizes): number =>
  layout(sizes).reduce((sum, [, shape]) => sum + shape.reduce((product, size) => product * size, 1), 0);

export interface LossGradient<A extends FloatArray> {
  /** Mean over sequences of Σ_t w_t · cross-entropy_t, in nats. */
  readonly loss: number;
  readonly gradients: Gradients<A>;
  /** Sequences whose class has the largest score at their last step. */
  readonly right: number;
}

/**
 * Loss of a batch and its gradients by backpropagation through time, in the precision of weights and features.
 * @throws FeaturescopeError when sequences and network do not fit
 */
export function lossGradient<A extends FloatArray>(
  network: RecurrentNetwork<A>,
  sequences: readonly { readonly features: { readonly columns: number; readonly data: A }; readonly label: number }[],
  weighting: StepWeighting,
  product: Product = fastProduct(),
): LossGradient<A> {
  checkSequences(network, sequences);
  const { hidden, classes, weights } = network;
  const packed = packSequences(sequences.map(({ features }) => features));
  const labels = packed.order.map((i) => sequences[i]?.label ?? 0);
  const unrolled = CELLS[network.cell].unroll(weights, packed, hidden, product);
  const output = weightOf(weights, OUTPUT);
  const { loss, right, residual } = crossEntropies(
    product(unrolled.hidden, output, { m: packed.rows, k: hidden, n: classes }),
    packed,
    labels,
    weighting,
  );
  const gradients = unrolled.backward(product(residual, output, { m: packed.rows, k: classes, n: hidden, transposeB: true }));
  gradients.set(OUTPUT, product(unrolled.hidden, residual, { m: hidden, k: packed.rows, n: classes, transposeA: true }));
  return { loss, gradients, right };
}

/** ∂L/∂logit = w_t (p − 1[class]) / sequences. */
function crossEntropies<A extends FloatArray>(logits: A, packed: Packed, labels: Int32Array, weighting: StepWeighting) {
  const classes = logits.length / packed.rows;
  const count = labels.length;
  const given = probabilities({ columns: classes, data: logits }).data;
  const weights = packedWeights(packed, weighting);
  const residual = emptyLike(logits, logits.length);
  let [loss, right] = [0, 0];
  packed.active.forEach((active, t) => {
    for (let b = 0; b < active; b++) {
      const row = (packed.offsets[t] ?? 0) + b;
      const weight = (weights[row] ?? 0) / count;
      const own = given[row * classes + (labels[b] ?? 0)] ?? 0;
      loss -= weight * Math.log(Math.max(own, Number.MIN_VALUE));
      for (let k = 0; k < classes; k++)
        residual[row * classes + k] = weight * ((given[row * classes + k] ?? 0) - (k === labels[b] ? 1 : 0));
      if (t + 1 === packed.lengths[b] && given.subarray(row * classes, (row + 1) * classes).every((p) => p <= own)) right++;
    }
  });
  return { loss, right, residual };
}

/** @throws FeaturescopeError when features or labels do not fit the network */
export function checkSequences({ features, classes }: RecurrentSizes, sequences: readonly Sequence[]): void {
  sequences.forEach((sequence, i) => {
    if (sequence.features.columns !== features) throw unfitSequence(i, sequence.features.columns, features);
    const { label } = sequence;
    if (!Number.isInteger(label) || label < 0 || label >= classes) throw unknownClass(i, label, classes);
  });
}

/**
 * Probabilities of the classes after every step of every drawing, [steps, classes] each. A step knows nothing of later ones.
 * @throws FeaturescopeError when the features do not fit the network
 */
export function predictSteps(network: RecurrentNetwork, drawings: readonly Rows[], product: Product = fastProduct()): Rows[] {
  drawings.forEach(({ columns }, i) => {
    if (columns !== network.features) throw unfitSequence(i, columns, network.features);
  });
  const { hidden, classes, weights } = network;
  const packed = packSequences(drawings.map(({ columns, data }) => ({ columns, data: Float32Array.from(data) })));
  const states = CELLS[network.cell].unroll(weights, packed, hidden, product).hidden;
  const logits = product(states, weightOf(weights, OUTPUT), { m: packed.rows, k: hidden, n: classes });
  return unpack(packed, probabilities({ columns: classes, data: logits }).data).map((data) => ({ columns: classes, data }));
}
