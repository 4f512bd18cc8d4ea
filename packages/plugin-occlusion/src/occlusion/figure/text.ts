import { drawText, enlarge, filledImage, GLYPH_HEIGHT, type Image } from '@featurescope/core';
import type { Colour } from './colours.js';

/** Ground of everything that is written on. */
export const GROUND: Colour = [24, 24, 27];
const INK = 232;

/** Text is written twice as large as the font. */
const ZOOM = 2;
const ADVANCE = 4 * ZOOM;
/** Height of a line in pixels, with the space below it. */
export const LINE = (GLYPH_HEIGHT + 3) * ZOOM;

/** Words in lines of at most so many pixels, cut where there are more lines than wanted; what is too long for a line is broken. */
export function wrapped(text: string, width: number, most: number): readonly string[] {
  const fits = Math.max(Math.floor(width / ADVANCE), 1);
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= fits) lines[lines.length - 1] = longer;
    else {
      const parts = Array.from({ length: Math.ceil(word.length / fits) }, (_, i) => word.slice(i * fits, (i + 1) * fits));
      lines.splice(line === '' ? -1 : lines.length, line === '' ? 1 : 0, ...parts);
    }
  }
  const shown = lines.slice(0, most);
  const last = shown.at(-1) ?? '';
  if (lines.length > most) shown[most - 1] = `${last.slice(0, fits - 2)}..`;
  return shown;
}

/** Lines of text as a picture of a width. */
export function textImage(lines: readonly string[], width: number): Image {
  const small = filledImage([(lines.length * LINE) / ZOOM, Math.ceil(width / ZOOM)], GROUND);
  lines.forEach((line, i) => {
    drawText(small, line, (i * LINE) / ZOOM + 1, 0, small.width, INK);
  });
  const large = enlarge(small, ZOOM);
  return large.width === width ? large : { ...large, width, data: narrowed(large, width) };
}

function narrowed({ data, height, width }: Image, columns: number): Uint8Array {
  const result = new Uint8Array(height * columns * 3);
  for (let y = 0; y < height; y++) result.set(data.subarray(y * width * 3, (y * width + columns) * 3), y * columns * 3);
  return result;
}

/** A number as short as it can be read. */
export function shortNumber(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
}
