import { drawText, enlarge, filledImage, GLYPH_HEIGHT, type Image, toRgb } from '@featurescope/core';

/** Rows under one heading. */
export interface Section {
  readonly heading?: string;
  readonly rows: readonly {
    readonly label: string;
    /** One for each column; nothing where there is none. */
    readonly images: readonly (Image | undefined)[];
  }[];
}

type Colour = readonly [number, number, number];

const GROUND: Colour = [24, 24, 27];
const BAND: Colour = [58, 60, 70];
const INK = 230;
const GAP = 4;
/** Text is written twice as large as the font. */
const ZOOM = 2;
const ADVANCE = 4 * ZOOM;
const LINE = GLYPH_HEIGHT * ZOOM + 2 * GAP;

/** Pictures in rows and columns of cells of one side, with titles above, names at the left, and headings between. */
export function labelledGrid(columns: readonly string[], sections: readonly Section[], side: number): Image {
  const labels = sections.flatMap(({ rows }) => rows.map(({ label }) => label));
  const left = Math.max(...labels.map(({ length }) => length), 1) * ADVANCE + 2 * GAP;
  const step = side + GAP;
  const width = left + columns.length * step;
  const height = sections.reduce((sum, { heading, rows }) => sum + (heading === undefined ? 0 : LINE + GAP) + rows.length * step, LINE);
  const sheet = filledImage([height, width], GROUND);
  columns.forEach((title, i) => {
    paste(sheet, textImage(title, side, GROUND), 0, left + i * step);
  });
  let top = LINE;
  for (const { heading, rows } of sections) {
    if (heading !== undefined) {
      paste(sheet, textImage(heading, width, BAND), top, 0);
      top += LINE + GAP;
    }
    for (const { label, images } of rows) {
      paste(sheet, textImage(label, left, GROUND), top, 0);
      images.forEach((image, i) => {
        if (image) paste(sheet, toRgb(image), top, left + i * step);
      });
      top += step;
    }
  }
  return sheet;
}

/** A line of text, cut to its width. */
function textImage(text: string, width: number, ground: Colour): Image {
  const small = filledImage([LINE / ZOOM, Math.floor(width / ZOOM)], ground);
  drawText(small, text, GAP / ZOOM, GAP / ZOOM, small.width - GAP, INK);
  return enlarge(small, ZOOM);
}

function paste(sheet: Image, image: Image, top: number, left: number): void {
  const columns = Math.min(image.width, sheet.width - left);
  for (let y = 0; y < Math.min(image.height, sheet.height - top); y++)
    sheet.data.set(image.data.subarray(y * image.width * 3, (y * image.width + columns) * 3), ((top + y) * sheet.width + left) * 3);
}
