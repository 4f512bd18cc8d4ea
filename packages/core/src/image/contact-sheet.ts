import type { Shape } from '../network/layer.js';
import { type StretchName, stretchedImage } from './display.js';
import type { Image } from './image.js';
import { filledImage, toRgb } from './pixels.js';
import { drawText, GLYPH_HEIGHT } from './tiny-font.js';

export interface SheetOptions {
  /** Default: about as many columns as rows. */
  readonly columns?: number;
  /** Pixels between pictures and around them. Default: 2. */
  readonly gap?: number;
  readonly background?: readonly [number, number, number];
  /** One for each picture, written below it in capitals, cut to its width. */
  readonly labels?: readonly string[];
}

/** Pictures of any sizes side by side in cells as large as the largest, each in the top left corner of its cell. */
export function contactSheet(images: readonly Image[], options: SheetOptions = {}): Image {
  const { columns = Math.max(Math.ceil(Math.sqrt(images.length)), 1), gap = 2, background = [24, 24, 27], labels } = options;
  const cellWidth = Math.max(1, ...images.map(({ width }) => width)) + gap;
  const pictureHeight = Math.max(1, ...images.map(({ height }) => height));
  const cellHeight = pictureHeight + gap + (labels ? GLYPH_HEIGHT + 2 : 0);
  const rows = Math.max(Math.ceil(images.length / columns), 1);
  const sheet = filledImage([rows * cellHeight + gap, columns * cellWidth + gap], background);
  images.forEach((image, i) => {
    const top = gap + Math.floor(i / columns) * cellHeight;
    const left = gap + (i % columns) * cellWidth;
    paste(sheet, toRgb(image), top, left);
    if (labels) drawText(sheet, labels[i] ?? '', top + pictureHeight + 2, left, cellWidth - gap, contrasting(background));
  });
  return sheet;
}

export interface PlanesOptions extends SheetOptions {
  readonly stretch?: StretchName;
  /** Stretches all planes with one scale instead of each for itself. */
  readonly shared?: boolean;
}

/** All channels of values [H, W, C] as grey pictures on one sheet. */
export function planeSheet(
  values: ArrayLike<number>,
  shape: Shape,
  { stretch = 'linear', shared = false, ...options }: PlanesOptions = {},
): Image {
  const [height, width, channels] = shape;
  const size = height * width;
  const planes = channelsFirst(values, shape);
  const each = <T>(show: (start: number, end: number) => T): T[] =>
    Array.from({ length: channels }, (_, c) => show(c * size, (c + 1) * size));
  if (!shared) {
    const pictures = each((start, end) => stretchedImage(planes.subarray(start, end), [height, width, 1], stretch));
    return contactSheet(pictures, options);
  }
  const { data } = stretchedImage(planes, [height * channels, width, 1], stretch);
  const cut = each((start, end): Image => ({ width, height, channels: 1, data: data.subarray(start, end) }));
  return contactSheet(cut, options);
}

/** Values [H, W, C] as [C, H, W]. */
function channelsFirst(values: ArrayLike<number>, [height, width, channels]: Shape): Float32Array {
  const size = height * width;
  const planes = new Float32Array(size * channels);
  for (let c = 0; c < channels; c++) for (let i = 0; i < size; i++) planes[c * size + i] = values[i * channels + c] ?? 0;
  return planes;
}

function paste(sheet: Image, image: Image, top: number, left: number): void {
  for (let y = 0; y < image.height; y++) {
    sheet.data.set(image.data.subarray(y * image.width * 3, (y + 1) * image.width * 3), ((top + y) * sheet.width + left) * 3);
  }
}

const contrasting = ([red, green, blue]: readonly [number, number, number]): number => (red + green + blue > 384 ? 24 : 230);
