import type { Extent } from '../network/layer.js';
import type { Image } from './image.js';

/** A rectangle of a picture, in pixels. */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Nearest 8-bit value; what is not a number becomes 0. */
// Cutting off is several times faster than Math.round.
export const toByte = (value: number): number => (value > 0 ? Math.min(value + 0.5, 255) | 0 : 0);

/** A picture of one colour. */
export function filledImage([height, width]: Extent, colour: readonly [number, number, number]): Image {
  const data = new Uint8Array(height * width * 3);
  for (let i = 0; i < data.length; i++) data[i] = colour[i % 3] ?? 0;
  return { width, height, channels: 3, data };
}

/** The same picture in RGB; transparency is flattened on white. */
export function toRgb(image: Image): Image {
  if (image.channels === 3) return image;
  const { width, height, channels, data } = image;
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const alpha = channels === 4 ? (data[i * 4 + 3] ?? 255) / 255 : 1;
    for (let c = 0; c < 3; c++)
      pixels[i * 3 + c] = toByte((data[i * channels + (channels === 4 ? c : 0)] ?? 0) * alpha + 255 * (1 - alpha));
  }
  return { width, height, channels: 3, data: pixels };
}

/** Luminance 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601). */
export function toGrey(image: Image): Image {
  if (image.channels === 1) return image;
  const { width, height, data } = toRgb(image);
  const grey = new Uint8Array(width * height);
  for (let i = 0; i < grey.length; i++)
    grey[i] = toByte(0.299 * (data[i * 3] ?? 0) + 0.587 * (data[i * 3 + 1] ?? 0) + 0.114 * (data[i * 3 + 2] ?? 0));
  return { width, height, channels: 1, data: grey };
}

/** A part of a picture; where the box leaves the picture it is filled with `fill`. */
export function cropImage(image: Image, { top, left, height, width }: Box, fill = 0): Image {
  const { channels } = image;
  const data = new Uint8Array(height * width * channels).fill(fill);
  const from = Math.max(left, 0);
  const to = Math.min(left + width, image.width);
  for (let y = Math.max(top, 0); y < Math.min(top + height, image.height) && from < to; y++) {
    const row = image.data.subarray((y * image.width + from) * channels, (y * image.width + to) * channels);
    data.set(row, ((y - top) * width + from - left) * channels);
  }
  return { width, height, channels, data };
}

/** Repeats every pixel, so that small maps can be seen. */
export function enlarge(image: Image, factor: number): Image {
  const { channels } = image;
  const width = image.width * factor;
  const height = image.height * factor;
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const source = (Math.floor(y / factor) * image.width + Math.floor(x / factor)) * channels;
      for (let c = 0; c < channels; c++) data[(y * width + x) * channels + c] = image.data[source + c] ?? 0;
    }
  return { width, height, channels, data };
}
