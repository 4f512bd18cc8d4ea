import { unfitCounts } from './errors.js';

/** Share of right answers with its interval; all between 0 and 1. */
export interface Accuracy {
  readonly accuracy: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** 97.5 % quantile of the standard normal: a two-sided interval of 95 %. */
const QUANTILE_95 = 1.959963984540054;

/**
 * Wilson's score interval of a proportion (Wilson 1927): the p with |right/n − p| ≤ z √(p(1 − p)/n).
 * @throws FeaturescopeError for counts that are no counts
 */
export function wilsonInterval(right: number, n: number, z = QUANTILE_95): Accuracy {
  if (!Number.isInteger(right) || !Number.isInteger(n) || n < 1 || right < 0 || right > n) throw unfitCounts(right, n);
  const accuracy = right / n;
  const scale = 1 + (z * z) / n;
  const centre = (accuracy + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((accuracy * (1 - accuracy)) / n + (z * z) / (4 * n * n));
  return { accuracy, low: right === 0 ? 0 : centre - half, high: right === n ? 1 : centre + half, n };
}

/** Accuracy of decided classes. @throws FeaturescopeError when there are none */
export function accuracyOf(decided: ArrayLike<number>, labels: ArrayLike<number>): Accuracy {
  let right = 0;
  for (let i = 0; i < labels.length; i++) if (decided[i] === labels[i]) right++;
  return wilsonInterval(right, labels.length);
}
