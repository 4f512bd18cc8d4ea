import { cropImage, drawText, enlarge, filledImage, GLYPH_HEIGHT, type Image, toRgb } from '@featurescope/core';

const PAPER = [255, 255, 255] as const;
const INK = 50;
const ADVANCE = 4;

/** Words in as many lines as they need, in capitals whose dots are squares of `dots` pixels, dark on white. */
export function textBlock(text: string, width: number, dots = 2): Image {
  const lines = wrapped(text, Math.max(1, Math.floor((width / dots - 4) / ADVANCE)));
  const height = GLYPH_HEIGHT + 3;
  const small = filledImage([lines.length * height + 1, Math.ceil(width / dots)], PAPER);
  lines.forEach((line, i) => {
    drawText(small, line, i * height + 2, 2, small.width - 2, INK);
  });
  const large = enlarge(small, dots);
  return cropImage(large, { top: 0, left: 0, height: large.height, width });
}

function wrapped(text: string, fits: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && longer.length <= fits) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Pictures of one width below each other. */
export function stacked(pictures: readonly Image[]): Image {
  const parts = pictures.map(toRgb);
  const data = new Uint8Array(parts.reduce((sum, part) => sum + part.data.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { width: parts[0]?.width ?? 0, height: parts.reduce((sum, { height }) => sum + height, 0), channels: 3, data };
}

/** Writes a number of a few digits on a white ground, its middle at a place, moved as far as it takes to be inside. */
export function writeLabel(image: Image, text: string, x: number, y: number, dots = 2): void {
  const small = filledImage([GLYPH_HEIGHT + 2, text.length * ADVANCE + 1], PAPER);
  drawText(small, text, 1, 1, small.width, INK);
  const label = enlarge(small, dots);
  const left = Math.round(Math.min(Math.max(0, x - label.width / 2), image.width - label.width));
  const top = Math.round(Math.min(Math.max(0, y - label.height / 2), image.height - label.height));
  if (left < 0 || top < 0) return;
  for (let row = 0; row < label.height; row++)
    image.data.set(label.data.subarray(row * label.width * 3, (row + 1) * label.width * 3), ((top + row) * image.width + left) * 3);
}
