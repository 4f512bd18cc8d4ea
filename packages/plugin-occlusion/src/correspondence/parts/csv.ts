import { badCsv } from '../errors.js';
import { listedPart } from './json.js';
import { type ListedPart, PART_FIELDS } from './part.js';

/**
 * Parts from CSV: a first line that names the columns `input,part,top,left,height,width`, in any order, and a line for each part; cells may
 * stand in double quotes (RFC 4180, without line breaks in a cell). @throws FeaturescopeError naming the line that is wrong
 */
export function partsOfCsv(text: string, source: string): readonly ListedPart[] {
  const lines = text.split(/\r?\n/).map((line, i) => ({ line, number: i + 1 }));
  const [header, ...rows] = lines.filter(({ line }) => line.trim() !== '');
  const columns = header ? cellsOf(header.line, header.number, source) : [];
  const missing = PART_FIELDS.filter((field) => !columns.includes(field));
  const unknown = columns.filter((column) => !PART_FIELDS.some((field) => field === column));
  if (missing.length > 0) throw badCsv(source, header?.number ?? 1, `its columns ${missing.join(', ')} are missing`);
  if (unknown.length > 0 || new Set(columns).size < columns.length)
    throw badCsv(source, header?.number ?? 1, `it names the columns ${columns.join(', ')}`);
  return rows.map(({ line, number }) => {
    const cells = cellsOf(line, number, source);
    if (cells.length !== columns.length) throw badCsv(source, number, `it has ${cells.length} cells for ${columns.length} columns`);
    const entry = Object.fromEntries(columns.map((column, i) => [column, cellValue(column, cells[i] ?? '')]));
    return listedPart(entry, `line ${number}`, source);
  });
}

const isText = (column: string): boolean => column === 'input' || column === 'part';

const cellValue = (column: string, cell: string): unknown =>
  isText(column) || cell === '' || Number.isNaN(Number(cell)) ? cell : Number(cell);

const CELL = /\s*(?:"((?:[^"]|"")*)"\s*|([^",]*))(,|$)/y;

function cellsOf(line: string, number: number, source: string): readonly string[] {
  const cells: string[] = [];
  for (let at = 0; ; ) {
    CELL.lastIndex = at;
    const found = CELL.exec(line);
    if (!found) throw badCsv(source, number, 'a quote is out of place');
    cells.push(found[1] === undefined ? (found[2] ?? '').trim() : found[1].replaceAll('""', '"'));
    at = CELL.lastIndex;
    if (found[3] !== ',') return cells;
  }
}
