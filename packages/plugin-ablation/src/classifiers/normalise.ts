import { dot, emptyLike, fitStandardisation, type Rows, rowCount, rowOf, standardise } from '@featurescope/core';
import type { Normalisation } from './kinds.js';

/** Rows to learn from and rows to decide on. */
export interface Sides {
  readonly training: Rows;
  readonly tested: Rows;
}

/** Both sides normalised by what is known of the training rows alone, whose mean squared length becomes 1: so one regularisation means the same for every layer. */
export function normalised(sides: Sides, how: Normalisation): Sides {
  const shaped = shapedAs(sides, how);
  const { data } = shaped.training;
  const meanSquare = dot(data, data) / rowCount(shaped.training);
  const factor = meanSquare > 0 ? 1 / Math.sqrt(meanSquare) : 1;
  const scaled = (rows: Rows): Rows => ({ columns: rows.columns, data: rows.data.map((value) => value * factor) });
  return { training: scaled(shaped.training), tested: scaled(shaped.tested) };
}

function shapedAs({ training, tested }: Sides, how: Normalisation): Sides {
  switch (how) {
    case 'standardise': {
      const fitted = fitStandardisation(training);
      return { training: standardise(training, fitted), tested: standardise(tested, fitted) };
    }
    case 'l2':
      return { training: unitRows(training), tested: unitRows(tested) };
    case 'none':
      return { training, tested };
  }
}

/** Each row divided by its length; zeros stay. */
function unitRows(rows: Rows): Rows {
  const data = emptyLike(rows.data, rows.data.length);
  for (let i = 0; i < rowCount(rows); i++) {
    const row = rowOf(rows, i);
    const length = Math.sqrt(dot(row, row)) || 1;
    for (let j = 0; j < rows.columns; j++) data[i * rows.columns + j] = (row[j] ?? 0) / length;
  }
  return { columns: rows.columns, data };
}
