import { z } from 'zod';
import { addScaled, dot, type Rows, rowCount, rowOf } from '../algebra/rows.js';
import type { Random } from '../random.js';
import { checkClasses, checkSamples } from './check.js';
import type { LinearClassifier } from './linear-classifier.js';

export const linearSvmOptions = z.strictObject({
  c: z.number().positive().default(1).describe('Price C of a violated margin'),
  loss: z
    .enum(['squared-hinge', 'hinge'])
    .default('squared-hinge')
    .describe('Loss of a margin below 1: `squared-hinge` max(0, 1 − y·f)², `hinge` max(0, 1 − y·f)'),
  passes: z.int().min(1).default(200).describe('Most passes over the samples, a class'),
  tolerance: z.number().positive().default(0.01).describe('Stops when the projected gradients of the dual differ by no more'),
});

export type LinearSvmOptions = z.output<typeof linearSvmOptions>;

/**
 * Linear support vector machines, one class against the rest each, by dual coordinate descent (Hsieh et al., ICML 2008, Algorithm 1): minimises
 * ½(‖w‖² + b²) + C Σ_i loss(y_i(w·x_i + b)). The bias is the weight of a constant feature 1, as LIBLINEAR has it.
 * @throws FeaturescopeError when labels do not fit, or fewer than two classes have samples
 */
export function trainLinearSvm(
  features: Rows,
  labels: ArrayLike<number>,
  classes: number,
  options: LinearSvmOptions,
  random: Random,
): LinearClassifier {
  checkSamples('Linear SVM', features, labels, classes);
  checkClasses('Linear SVM', labels);
  const { columns } = features;
  const kernel = new Float64Array(classes * columns);
  const bias = new Float64Array(classes);
  let converged = true;
  for (let label = 0; label < classes; label++) {
    const signs = Int8Array.from(labels, (own) => (own === label ? 1 : -1));
    const machine = trainMachine(features, signs, options, random.fork(label));
    kernel.set(machine.weights, label * columns);
    bias[label] = machine.bias;
    converged &&= machine.converged;
  }
  return { columns, classes, kernel, bias, converged };
}

/** A machine of two classes; `alpha` are the dual variables, w = Σ α_i y_i x_i. */
export interface Machine {
  readonly weights: Float64Array;
  readonly bias: number;
  readonly alpha: Float64Array;
  readonly converged: boolean;
}

export function trainMachine(features: Rows, signs: ArrayLike<number>, options: LinearSvmOptions, random: Random): Machine {
  const count = rowCount(features);
  const [limit, diagonal] = options.loss === 'hinge' ? [options.c, 0] : [Infinity, 0.5 / options.c];
  const rows = Array.from({ length: count }, (_, i) => rowOf(features, i));
  const curvature = rows.map((row) => dot(row, row) + 1 + diagonal);
  const weights = new Float64Array(features.columns);
  const alpha = new Float64Array(count);
  let bias = 0;

  for (let pass = 0; pass < options.passes; pass++) {
    let [lowest, highest] = [Infinity, -Infinity];
    for (const i of random.permutation(count)) {
      const [row, sign, own] = [rows[i] ?? weights, signs[i] ?? 0, alpha[i] ?? 0];
      const slope = sign * (dot(row, weights) + bias) - 1 + diagonal * own;
      const projected = projectedSlope(slope, own, limit);
      lowest = Math.min(lowest, projected);
      highest = Math.max(highest, projected);
      if (projected === 0) continue;
      const next = Math.min(Math.max(own - slope / (curvature[i] ?? 1), 0), limit);
      alpha[i] = next;
      addScaled(weights, row, (next - own) * sign);
      bias += (next - own) * sign;
    }
    if (highest - lowest <= options.tolerance) return { weights, bias, alpha, converged: true };
  }
  return { weights, bias, alpha, converged: false };
}

/** The part of the dual's slope that stays within 0 ≤ α ≤ limit; 0 everywhere at the optimum. */
function projectedSlope(slope: number, alpha: number, limit: number): number {
  if (alpha <= 0) return Math.min(slope, 0);
  if (alpha >= limit) return Math.max(slope, 0);
  return slope;
}
