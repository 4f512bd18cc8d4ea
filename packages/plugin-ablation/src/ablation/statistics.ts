/** A mean over seeds with its interval. */
export interface Mean {
  readonly mean: number;
  /** Half of the 95 % interval of the mean; left out for a single value. */
  readonly half?: number;
  readonly count: number;
}

/** 97.5 % points of Student's t distribution with 1, 2, … 29 degrees of freedom. */
const STUDENT_T = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098,
  2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452,
] as const;

/** Values of which `meanOf` can give an interval. */
export const MOST_VALUES = STUDENT_T.length + 1;

/** Mean ± t · s / √n, with the 97.5 % point of Student's t and the standard deviation s of n values; undefined for none. */
export function meanOf(values: readonly number[]): Mean | undefined {
  const count = values.length;
  if (count === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const t = STUDENT_T[count - 2];
  if (t === undefined) return { mean, count };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  return { mean, half: t * Math.sqrt(variance / count), count };
}
