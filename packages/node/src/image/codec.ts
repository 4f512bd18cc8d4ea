import type { AnimationFormat, Image, ImageCodec, ImageText } from '@featurescope/core';
import sharp, { type Sharp } from 'sharp';
import { badFrames, badImage } from '../errors.js';
import { decodePicture } from './decode.js';
import { insertPngText } from './png-text.js';
import { resizePixels } from './resize.js';

/** Largest side of a picture. */
const MAX_SIDE: Readonly<Record<AnimationFormat, number>> = { webp: 16_383, gif: 65_535 };

const check = (image: Image): Image => {
  const { width, height, channels, data } = image;
  if (width < 1 || height < 1 || data.length !== width * height * channels) throw badImage(image);
  return image;
};

const encodePng = async (image: Image, text: ImageText = {}): Promise<Uint8Array> => {
  const { data, width, height, channels } = check(image);
  const pixels = sharp(data, { raw: { width, height, channels } });
  const png = await (channels === 1 ? pixels.toColourspace('b-w') : pixels).png({ compressionLevel: 8 }).toBuffer();
  return insertPngText(png, text);
};

const toRgb = ({ data, channels, width, height }: Image): Uint8Array => {
  if (channels === 3) return data;
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) rgb[3 * i + c] = data[i * channels + (channels === 1 ? 0 : c)] ?? 0;
  }
  return rgb;
};

/** Frames below one another, as RGB. @throws FeaturescopeError when there are none, or they differ in size or are too large */
const stacked = (frames: readonly Image[], format: AnimationFormat): Sharp => {
  const [first] = frames;
  if (first === undefined) throw badFrames('it has no frames');
  const { width, height } = first;
  if (frames.some((frame) => frame.width !== width || frame.height !== height)) throw badFrames('its frames differ in size');
  const most = MAX_SIDE[format];
  if (Math.max(width, height) > most)
    throw badFrames(`its frames are ${width} × ${height} pixels, and ${format === 'gif' ? 'GIF' : 'WebP'} goes up to ${most}`);
  const pixels = Buffer.concat(frames.map((frame) => toRgb(check(frame))));
  const raw = { width, height: height * frames.length, channels: 3, pageHeight: height } as const;
  return sharp(pixels, { raw, limitInputPixels: false });
};

const encodeAnimation = async (frames: readonly Image[], delay: number, format: AnimationFormat): Promise<Uint8Array> => {
  const animation = stacked(frames, format);
  const every = (milliseconds: number): number[] => frames.map(() => milliseconds);
  switch (format) {
    case 'webp':
      return animation.webp({ quality: 86, delay: every(Math.max(1, Math.round(delay))), loop: 0 }).toBuffer();
    case 'gif':
      return animation.gif({ delay: every(Math.max(20, 10 * Math.round(delay / 10))), loop: 0, keepDuplicateFrames: true }).toBuffer();
  }
};

/** Reads and writes pictures with libvips. */
export const sharpCodec: ImageCodec = {
  decode: decodePicture,
  encodePng,
  encodeAnimation,
  resize: async (image, size, kernel = 'bilinear') => resizePixels(check(image), size, kernel),
};
