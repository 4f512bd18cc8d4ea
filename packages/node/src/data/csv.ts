import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { CsvError, type Info, type Options, parse } from 'csv-parse';
import { forEachParallel } from '../parallel.js';
import { badCsv, missingInCsv, unknownColumns } from './errors.js';
import { isPictureName } from './picture-name.js';
import type { PictureItem } from './picture-source.js';

/** A line of a table with the number it has in an editor. */
interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Where a table has its paths and labels; no label when there is one column only. */
interface Columns {
  readonly path: number;
  readonly label?: number;
}

const PARALLEL = 32;

/** Letters of one line; more are a quote that is never closed. */
const LONGEST = 2 ** 16;

const OPTIONS: Options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true, max_record_size: LONGEST };

export const isCsvFile = (path: string): boolean => extname(path).toLowerCase() === '.csv';

const rowsOf = async (path: string): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  const file = createReadStream(path);
  const parser = parse(OPTIONS);
  file.on('error', (cause) => parser.destroy(cause));
  try {
    const records: AsyncIterable<{ readonly info: Info; readonly record: readonly string[] }> = file.pipe(parser);
    for await (const { info, record } of records) rows.push({ line: info.lines, cells: record });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const line = Number(cause['lines'] ?? rows.length + 1);
    throw badCsv(path, line, cause.message.replace(/^.*?: /, ''), cause);
  } finally {
    file.destroy();
  }
  return rows;
};

/** The columns named in a first line, or undefined when that is a picture already. @throws FeaturescopeError when it is neither */
const headerOf = (path: string, { cells }: Row): Columns | undefined => {
  const names = cells.map((cell) => cell.toLowerCase());
  const label = names.indexOf('label');
  if (names.includes('path')) return { path: names.indexOf('path'), ...(label >= 0 && { label }) };
  if (isPictureName(cells[0] ?? '')) return undefined;
  throw unknownColumns(path, cells);
};

const itemOf = (path: string, { line, cells }: Row, columns: Columns): PictureItem & { readonly file: string; readonly line: number } => {
  const name = cells[columns.path]?.replaceAll('\\', '/') ?? '';
  const className = columns.label === undefined ? undefined : (cells[columns.label] ?? '');
  if (name === '') throw badCsv(path, line, 'it has no path');
  if (className === '') throw badCsv(path, line, `"${name}" has no label`);
  const file = resolve(dirname(path), name);
  return { name, ...(className !== undefined && { className }), file, line, read: async () => ({ file: await readFile(file) }) };
};

/**
 * The pictures that a table (`.csv`) names, in its order: by the columns `path` and `label` of its header, or without one by the first two. Paths
 * count from the folder of the table. @throws FeaturescopeError with the number of the line that is malformed or names a file that is not there
 */
export const openCsv = async (path: string): Promise<PictureItem[]> => {
  const rows = await rowsOf(path);
  const [first] = rows;
  if (first === undefined) return [];
  const header = headerOf(path, first);
  const columns = header ?? (first.cells.length > 1 ? { path: 0, label: 1 } : { path: 0 });
  const items = (header ? rows.slice(1) : rows).map((row) => itemOf(path, row, columns));
  const missing: (typeof items)[number][] = [];
  await forEachParallel(items.length, PARALLEL, async (i) => {
    const item = items[i];
    if (item && !(await stat(item.file).catch(() => undefined))?.isFile()) missing.push(item);
  });
  const [earliest, ...others] = missing.sort((a, b) => a.line - b.line);
  if (earliest) throw missingInCsv(path, earliest.line, earliest.name, others.length);
  return items.map(({ file, line, ...item }) => item);
};
