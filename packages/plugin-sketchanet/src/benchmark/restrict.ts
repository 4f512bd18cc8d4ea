import { createRows, type Rows, rowCount } from '@featurescope/core';
import { classesNotKnown } from './errors.js';

/** Collections write the same class as `paper clip`, `paper_clip` or `Paper Clip`. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();

/** Which of a network's classes are wanted, in their order. @throws FeaturescopeError when it does not know one */
export function columnsFor(model: string, labels: readonly string[], wanted: readonly string[]): readonly number[] {
  const places = new Map(labels.map((label, i) => [plain(label), i]));
  const missing = wanted.filter((name) => !places.has(plain(name)));
  if (missing.length > 0) throw classesNotKnown(model, missing, labels);
  return wanted.flatMap((name) => places.get(plain(name)) ?? []);
}

/** Only these columns, in this order. */
export function selectColumns(rows: Rows, columns: readonly number[]): Rows {
  const out = createRows(rowCount(rows), columns.length);
  for (let i = 0; i < out.data.length; i++) {
    const row = Math.floor(i / columns.length);
    out.data[i] = rows.data[row * rows.columns + (columns[i % columns.length] ?? 0)] ?? 0;
  }
  return out;
}
