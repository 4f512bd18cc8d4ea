import { fastProduct } from '../algebra/product.js';
import { createRows, emptyLike, type Rows, rowCount } from '../algebra/rows.js';
import { unfitColumns } from './errors.js';

/** One linear score a class: score_c(x) = w_c·x + b_c. */
export interface LinearClassifier {
  readonly columns: number;
  readonly classes: number;
  /** [classes, columns]. */
  readonly kernel: Float64Array;
  /** [classes]. */
  readonly bias: Float64Array;
  /** Whether training reached its tolerance before it ran out of iterations. */
  readonly converged: boolean;
}

/** Scores of every row: logits of a softmax regression, signed margins of a support vector machine. */
export function linearScores(classifier: LinearClassifier, features: Rows): Rows {
  const { columns, classes, bias } = classifier;
  if (features.columns !== columns) throw unfitColumns('Linear classifier', features.columns, columns);
  const kernel = emptyLike(features.data, classifier.kernel.length);
  kernel.set(classifier.kernel);
  const scores = fastProduct()(features.data, kernel, { m: rowCount(features), k: columns, n: classes, transposeB: true });
  const out = createRows(rowCount(features), classes);
  for (let i = 0; i < scores.length; i++) out.data[i] = (scores[i] ?? 0) + (bias[i % classes] ?? 0);
  return out;
}
