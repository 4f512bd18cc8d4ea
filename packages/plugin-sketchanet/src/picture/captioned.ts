import { cropImage, drawText, enlarge, filledImage, GLYPH_HEIGHT, type Image, toRgb } from '@featurescope/core';

const PAPER = [255, 255, 255] as const;
const TEXT = 60;
/** Pixels of a picture for each pixel of a letter. */
const PIXELS_PER_DOT = 100;

/** A picture with a line of text below it, in capitals as large as its width allows them to be read. */
export function captioned(image: Image, text: string): Image {
  const picture = toRgb(image);
  const dots = Math.min(4, Math.max(1, Math.round(picture.width / PIXELS_PER_DOT)));
  const small = filledImage([GLYPH_HEIGHT + 4, Math.ceil(picture.width / dots)], PAPER);
  drawText(small, text, 2, 2, small.width - 2, TEXT);
  const line = enlarge(small, dots);
  const caption = cropImage(line, { top: 0, left: 0, height: line.height, width: picture.width });
  const data = new Uint8Array(picture.data.length + caption.data.length);
  data.set(picture.data);
  data.set(caption.data, picture.data.length);
  return { width: picture.width, height: picture.height + caption.height, channels: 3, data };
}
