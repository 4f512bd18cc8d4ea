import { emptyLike, type Rows, rowCount } from '../algebra/rows.js';
import { unfitColumns } from './errors.js';

/** Per column: what is subtracted and what is divided by. */
export interface Standardisation {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Mean and standard deviation (of the population) of each column; a column that never varies keeps its scale. */
export function fitStandardisation(rows: Rows): Standardisation {
  const { columns, data } = rows;
  const count = rowCount(rows);
  const mean = new Float64Array(columns);
  const square = new Float64Array(columns);
  for (let i = 0; i < data.length; i++) mean[i % columns] = (mean[i % columns] ?? 0) + (data[i] ?? 0) / count;
  for (let i = 0; i < data.length; i++) {
    const column = i % columns;
    square[column] = (square[column] ?? 0) + ((data[i] ?? 0) - (mean[column] ?? 0)) ** 2 / count;
  }
  return { mean, deviation: square.map((variance) => (variance > 0 ? Math.sqrt(variance) : 1)) };
}

/** Rows with mean 0 and deviation 1 on what was fitted: a copy. @throws FeaturescopeError for rows of another length */
export function standardise(rows: Rows, { mean, deviation }: Standardisation): Rows {
  if (rows.columns !== mean.length) throw unfitColumns('Standardisation', rows.columns, mean.length);
  const data = emptyLike(rows.data, rows.data.length);
  for (let i = 0; i < data.length; i++) {
    const column = i % rows.columns;
    data[i] = ((rows.data[i] ?? 0) - (mean[column] ?? 0)) / (deviation[column] ?? 1);
  }
  return { columns: rows.columns, data };
}
