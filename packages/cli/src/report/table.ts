export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Text in aligned columns, two spaces apart; cells must be of one line. */
export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): string => {
  const widths = columns.map(({ title }, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)));
  const format = (cells: readonly string[]): string =>
    columns
      .map(({ align }, i) => (align === 'right' ? (cells[i] ?? '').padStart(widths[i] ?? 0) : (cells[i] ?? '').padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [format(columns.map(({ title }) => title)), ...rows.map(format)].map((line) => `${line}\n`).join('');
};
