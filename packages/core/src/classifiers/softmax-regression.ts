import { z } from 'zod';
import { minimise } from '../algebra/minimise.js';
import { fastProduct } from '../algebra/product.js';
import { emptyLike, type FloatArray, type Rows, rowCount } from '../algebra/rows.js';
import { checkClasses, checkSamples } from './check.js';
import type { LinearClassifier } from './linear-classifier.js';
import { probabilities } from './scores.js';

export const softmaxRegressionOptions = z.strictObject({
  l2: z.number().min(0).default(1e-3).describe('Factor of the penalty ½·l2·‖W‖² on the kernel; the bias is free'),
  iterations: z.int().min(1).default(200).describe('Most steps of L-BFGS'),
  tolerance: z.number().positive().default(1e-5).describe('Stops when no entry of the gradient is larger'),
});

export type SoftmaxRegressionOptions = z.output<typeof softmaxRegressionOptions>;

/**
 * Multinomial logistic regression: minimises mean_i −log softmax(W x_i + b)[y_i] + ½·l2·‖W‖² (Bishop 2006, 4.3.4), from W = 0. The
 * problem is convex, so the result does not depend on the start or on chance.
 * @throws FeaturescopeError when labels do not fit, or fewer than two classes have samples
 */
export function trainSoftmaxRegression(
  features: Rows,
  labels: ArrayLike<number>,
  classes: number,
  options: SoftmaxRegressionOptions,
): LinearClassifier {
  checkSamples('Softmax regression', features, labels, classes);
  checkClasses('Softmax regression', labels);
  const { columns } = features;
  const size = classes * columns;
  const start = new Float64Array(size + classes);
  const { x, converged } = minimise((point) => penalisedLoss(point, features, labels, classes, options.l2), start, options);
  return { columns, classes, kernel: x.slice(0, size), bias: x.slice(size), converged };
}

/** Value and gradient; a point is the kernel [classes, columns], then the bias [classes]. */
export function penalisedLoss(
  point: Float64Array,
  { columns, data }: Rows,
  labels: ArrayLike<number>,
  classes: number,
  l2: number,
): { value: number; gradient: Float64Array } {
  const product = fastProduct();
  const m = rowCount({ columns, data });
  const size = classes * columns;
  const kernel = converted(data, point.subarray(0, size));
  const logits = product(data, kernel, { m, k: columns, n: classes, transposeB: true });
  for (let i = 0; i < logits.length; i++) logits[i] = (logits[i] ?? 0) + (point[size + (i % classes)] ?? 0);

  const residual = probabilities({ columns: classes, data: logits }).data;
  const gradient = new Float64Array(point.length);
  let value = 0;
  for (let i = 0; i < m; i++) {
    const place = i * classes + (labels[i] ?? 0);
    value -= Math.log(Math.max(residual[place] ?? 0, Number.MIN_VALUE)) / m;
    residual[place] = (residual[place] ?? 0) - 1;
  }
  gradient.set(product(converted(data, residual), data, { m: classes, k: m, n: columns, transposeA: true }));
  for (let i = 0; i < residual.length; i++) gradient[size + (i % classes)] = (gradient[size + (i % classes)] ?? 0) + (residual[i] ?? 0);
  for (let i = 0; i < gradient.length; i++) gradient[i] = (gradient[i] ?? 0) / m;
  for (let i = 0; i < size; i++) {
    const weight = point[i] ?? 0;
    value += 0.5 * l2 * weight * weight;
    gradient[i] = (gradient[i] ?? 0) + l2 * weight;
  }
  return { value, gradient };
}

/** In the precision of the features, so that both sides of a product have the same. */
function converted<A extends FloatArray>(like: A, values: FloatArray): A {
  const out = emptyLike(like, values.length);
  out.set(values);
  return out;
}
