/** Numbers in single precision for work, in double where exactness matters. */
export type FloatArray = Float32Array | Float64Array;

/** Rows of numbers: scores, probabilities or features of one sample each. `data` is row-major, [rows, columns]. */
export interface Rows {
  readonly columns: number;
  readonly data: FloatArray;
}

export const rowCount = ({ columns, data }: Rows): number => data.length / columns;

/** A view of row i. */
export const rowOf = ({ columns, data }: Rows, i: number): FloatArray => data.subarray(i * columns, (i + 1) * columns);

export const createRows = (rows: number, columns: number): Rows & { readonly data: Float64Array } => ({
  columns,
  data: new Float64Array(rows * columns),
});

/** Rows with these places, in this order: a copy. */
export function selectRows(rows: Rows, places: ArrayLike<number>): Rows {
  const data = emptyLike(rows.data, places.length * rows.columns);
  for (let i = 0; i < places.length; i++) data.set(rowOf(rows, places[i] ?? 0), i * rows.columns);
  return { columns: rows.columns, data };
}

/** Zeros in the precision of another array. */
export const emptyLike = <A extends FloatArray>(like: A, length: number): A => new (like.constructor as new (length: number) => A)(length);

/** Place of the largest number; ties go to the first. */
export function strongest(scores: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < scores.length; i++) if ((scores[i] ?? 0) > (scores[best] ?? 0)) best = i;
  return best;
}

export function dot(a: FloatArray, b: FloatArray): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** target ← target + factor · values. */
export function addScaled(target: FloatArray, values: FloatArray, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) + factor * (values[i] ?? 0);
}
