import { drawText, enlarge, filledImage, GLYPH_HEIGHT, type Image, toRgb } from '@featurescope/core';

/** What is shown of one unit at a checkpoint. */
export interface GridCell {
  readonly projection: Image;
  readonly patch: Image;
}

export interface GridRow {
  readonly unit: number;
  /** One for each checkpoint; undefined where the unit answers to nothing. */
  readonly cells: readonly (GridCell | undefined)[];
  /** Where another stimulus is shown than at the checkpoint before. */
  readonly changed: readonly boolean[];
}

const GROUND = [24, 24, 27] as const;
const EMPTY = [38, 38, 42] as const;
const MARK = [245, 140, 20] as const;
const TEXT_LEVEL = 230;

/** Pixels between cells; a mark fills half of them. */
const GAP = 6;
/** Pixels between projections and patches. */
const BETWEEN = 24;
/** Text is twice as large as the font. */
const TEXT = 2;
const LINE = GLYPH_HEIGHT * TEXT + GAP;

/** Projections beside patches, a row for each unit and a column for each checkpoint (Zeiler & Fergus 2014, figure 4). */
export function evolutionGrid(heads: readonly string[], rows: readonly GridRow[]): Image {
  const images = rows.flatMap(({ cells }) => cells.flatMap((cell) => (cell ? [cell.projection, cell.patch] : [])));
  const width = Math.max(16, ...images.map((image) => image.width));
  const height = Math.max(16, ...images.map((image) => image.height));
  const labels = rows.map(({ unit }) => String(unit));
  const margin = GAP + Math.max(...['UNIT', ...labels].map(textWidth)) + 2 * GAP;
  const block = heads.length * (width + GAP);
  const sheet = filledImage([2 * LINE + rows.length * (height + GAP) + 2 * GAP, margin + 2 * block + BETWEEN], GROUND);
  write(sheet, 'UNIT', GAP + LINE, GAP, margin - GAP);
  labels.forEach((label, row) => {
    write(sheet, label, GAP + 2 * LINE + row * (height + GAP) + Math.floor((height - LINE + GAP) / 2), GAP, margin - GAP);
  });
  const blocks = [
    { title: 'PROJECTIONS', of: ({ projection }: GridCell) => projection },
    { title: 'PATCHES', of: ({ patch }: GridCell) => patch },
  ];
  for (const [k, { title, of }] of blocks.entries()) {
    const left = margin + k * (block + BETWEEN);
    write(sheet, title, GAP, left, block);
    heads.forEach((head, column) => {
      write(sheet, head, GAP + LINE, left + column * (width + GAP), width);
    });
    rows.forEach(({ cells, changed }, row) => {
      const top = GAP + 2 * LINE + row * (height + GAP);
      heads.forEach((_, column) => {
        const at = left + column * (width + GAP);
        const cell = cells[column];
        paste(sheet, cell ? toRgb(of(cell)) : filledImage([height, width], EMPTY), top, at);
        if (changed[column]) paste(sheet, filledImage([height, GAP / 2], MARK), top, at - GAP / 2 - 1);
      });
    });
  }
  return sheet;
}

/** Pixels of a line of text, four a character in the font. */
const textWidth = (text: string): number => (4 * text.length - 1) * TEXT;

/** Writes the end of a text that fits, smaller where that shows more of it. */
function write(sheet: Image, text: string, top: number, left: number, width: number): void {
  const scale = textWidth(text) <= width ? TEXT : 1;
  const fits = Math.max(Math.floor((width / scale + 1) / 4), 0);
  const shown = text.slice(Math.max(text.length - fits, 0));
  if (shown === '') return;
  const line = filledImage([GLYPH_HEIGHT, 4 * shown.length - 1], GROUND);
  drawText(line, shown, 0, 0, line.width, TEXT_LEVEL);
  paste(sheet, enlarge(line, scale), top, left);
}

function paste(sheet: Image, image: Image, top: number, left: number): void {
  for (let y = 0; y < image.height; y++)
    sheet.data.set(image.data.subarray(y * image.width * 3, (y + 1) * image.width * 3), ((top + y) * sheet.width + left) * 3);
}
