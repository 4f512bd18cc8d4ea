import type { Extent } from '@featurescope/core';
import { absentClass, nothingLeft, unknownClass } from '../errors.js';
import { decodeCovering } from '../image/decode.js';
import { resizePixels } from '../image/resize.js';
import { forEachParallel } from '../parallel.js';
import { type LabelledItem, listAllPictures } from './picture-source.js';

/** Decoded pictures of one size with their classes, for training. */
export interface LabelledImages {
  /** [N, H, W, 3], RGB 0 … 255. */
  readonly images: Uint8Array;
  /** Index into `classes` of each picture. */
  readonly labels: Int32Array;
  /** Path of each picture inside its source, for example `test/cat/0012.jpg`. */
  readonly names: readonly string[];
  readonly classes: readonly string[];
  readonly height: number;
  readonly width: number;
}

export interface LabelledImagesOptions {
  /** Height and width of every picture, or one number for both: scaled to cover it, then cropped around the centre. */
  readonly size: Extent | number;
  /** Names in the order of their labels. Default: the names found, sorted. */
  readonly classes?: readonly string[];
  /** Classes whose pictures are left out. */
  readonly without?: readonly string[];
  readonly onProgress?: (done: number, total: number) => void;
}

const PARALLEL = 16;

const pixelsOf = async (item: LabelledItem, [height, width]: Extent): Promise<Uint8Array> => {
  const content = await item.read();
  if ('file' in content) return decodeCovering(content.file, width, height, item.name);
  if (content.width === width && content.height === height) return content.pixels;
  const image = { data: content.pixels, width: content.width, height: content.height, channels: 3 as const };
  return resizePixels(image, [height, width], 'bilinear').data;
};

const labelsOf = (items: readonly LabelledItem[], given?: readonly string[]): { classes: readonly string[]; labels: Int32Array } => {
  const classes = given ?? [...new Set(items.map((item) => item.className))].sort();
  const index = new Map(classes.map((name, i) => [name, i]));
  const labels = Int32Array.from(items, ({ className }) => {
    const label = index.get(className);
    if (label === undefined) throw unknownClass(className, classes);
    return label;
  });
  return { classes, labels };
};

const leavingOut = (items: readonly LabelledItem[], without: readonly string[] = []): readonly LabelledItem[] => {
  const known = [...new Set(items.map(({ className }) => className))].sort();
  for (const name of without) if (!known.includes(name)) throw absentClass(name, known);
  const left = items.filter(({ className }) => !without.includes(className));
  if (left.length === 0) throw nothingLeft(without);
  return left;
};

/**
 * Reads and decodes the pictures of several sources (folders or archives with one folder per class, tables of paths and labels, CIFAR `.bin`
 * files) into memory, source by source, 16 at a time, in the order of `listAllPictures` whatever is decoded first.
 * @throws FeaturescopeError naming the source or the picture that cannot be read
 */
export const loadLabelledImages = async (sources: readonly string[], options: LabelledImagesOptions): Promise<LabelledImages> => {
  const size: Extent = typeof options.size === 'number' ? [options.size, options.size] : options.size;
  const [height, width] = size;
  const items = leavingOut(await listAllPictures(sources), options.without);
  const stride = height * width * 3;
  const images = new Uint8Array(items.length * stride);
  const { classes, labels } = labelsOf(items, options.classes);
  let done = 0;
  await forEachParallel(items.length, PARALLEL, async (i) => {
    const item = items[i];
    if (item !== undefined) images.set(await pixelsOf(item, size), i * stride);
    options.onProgress?.(++done, items.length);
  });
  return { images, labels, classes, names: items.map((item) => item.name), height, width };
};
