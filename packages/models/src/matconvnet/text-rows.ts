/** The rows of a char matrix, which is stored column by column, joined by line feeds; one row is the text itself. */
export const rowsOfText = (columnMajor: string, rows: number): string => {
  if (rows <= 1) return columnMajor;
  const letters = [...columnMajor];
  const columns = Math.ceil(letters.length / rows);
  return Array.from({ length: Math.min(rows, letters.length) }, (_, row) =>
    Array.from({ length: columns }, (_, column) => letters[column * rows + row] ?? '')
      .join('')
      .trimEnd(),
  ).join('\n');
};
