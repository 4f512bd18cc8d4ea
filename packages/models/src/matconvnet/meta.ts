import type { Extent, Preprocessing } from '@featurescope/core';
import type { Fields } from './fields.js';
import { countOf, describeValue, type MatNumbers } from './value.js';

const MAX_SIZE = 2 ** 16;

/** What the file says about the picture that the network takes. */
export interface DeclaredInput {
  readonly size?: Extent;
  readonly channels?: number;
}

/** The part that describes pictures and classes: `meta`, or in files of before 2015 the network itself. */
export const metaOf = (net: Fields): Fields => net.inner('meta', `${net.who}, meta`) ?? net;

/** `normalization.imageSize`, or `inputSize`. */
export const declaredInput = (meta: Fields): DeclaredInput => {
  const normalization = normalizationOf(meta);
  const sizes = normalization?.vector('imageSize') ?? inputSize(meta);
  if (sizes === undefined) return {};
  const [height, width, channels] = sizes;
  const whole = sizes.slice(0, 3).every((size) => Number.isInteger(size) && size >= 1 && size <= MAX_SIZE);
  if (height === undefined || width === undefined || !whole)
    throw (normalization ?? meta).fail(`says that pictures have the size [${sizes.join(' ')}]; expected height, width and channels`);
  return { size: [height, width], ...(channels !== undefined && { channels }) };
};

const normalizationOf = (meta: Fields): Fields | undefined => meta.inner('normalization', `${meta.who}.normalization`);

/** `[height width channels …]`, or in DagNN `{'input', [height width channels …]}`. */
const inputSize = (meta: Fields): readonly number[] | undefined => {
  const value = meta.value('inputSize');
  if (value?.kind !== 'cell') return value?.kind === 'numbers' ? meta.vector('inputSize') : undefined;
  const sizes = meta.cells('inputSize').find((item): item is MatNumbers => item.kind === 'numbers');
  return sizes === undefined || countOf(sizes) > 4 ? undefined : Array.from(sizes.values());
};

/**
 * How `meta.normalization` says that pictures are prepared: RGB values of 0 to 255, less the average image. Where that has a value for
 * each position, each channel's mean over the positions is taken; MatConvNet's own demonstrations do so for pictures of another size.
 */
export const preprocessingOf = (meta: Fields, channels: number): Preprocessing | undefined => {
  const normalization = normalizationOf(meta);
  if (normalization === undefined || (channels !== 1 && channels !== 3)) return undefined;
  const shortSide = resizeShortSide(normalization);
  return {
    channelOrder: channels === 1 ? 'grey' : 'rgb',
    scale: 1,
    mean: meanOf(normalization, channels),
    std: Array.from({ length: channels }, () => 1),
    ...(shortSide !== undefined && { resizeShortSide: shortSide }),
  };
};

const meanOf = (normalization: Fields, channels: number): readonly number[] => {
  const image = normalization.numbers('averageImage');
  if (image === undefined) return Array.from({ length: channels }, () => 0);
  const positions = countOf(image) / channels;
  const perChannel = positions === 1 || (image.dims[2] ?? 1) === channels;
  if (!perChannel) throw normalization.fail(`has ${describeValue(image)} as averageImage; expected ${channels} channels`);
  const values = image.values();
  const mean = Array.from({ length: channels }, (_, c) => {
    let sum = 0;
    for (let i = c * positions; i < (c + 1) * positions; i++) sum += values[i] ?? 0;
    return sum / positions;
  });
  if (!mean.every(Number.isFinite)) throw normalization.fail('has an averageImage with values that are not finite');
  return mean;
};

/** The shorter side to which pictures are scaled before the centre is cut out: the size with its border, or over cropSize. */
const resizeShortSide = (normalization: Fields): number | undefined => {
  const [height, width] = normalization.vector('imageSize') ?? [];
  if (height === undefined || width === undefined || height !== width || normalization.scalar('keepAspect', 1) === 0) return undefined;
  const crop = normalization.vector('cropSize');
  const border = normalization.vector('border');
  const [first = 1, second = first] = crop ?? (border ? relativeCrop(height, border) : []);
  const side = Math.round(height / first);
  return first === second && first > 0 && first <= 1 && side <= MAX_SIZE ? side : undefined;
};

/** As `vl_simplenn_tidy` does. */
const relativeCrop = (size: number, [vertical = 0, horizontal = vertical]: readonly number[]): readonly number[] => [
  size / (size + vertical),
  size / (size + horizontal),
];

/** Names of the classes: `classes.description`, `classes.name`, or `classes` itself; undefined when there are not as many as outputs. */
export const labelsOf = (meta: Fields, outputs: number): readonly string[] | undefined => {
  const classes = meta.inner('classes', `${meta.who}.classes`);
  const [from, name] = classes === undefined ? [meta, 'classes'] : [classes, classes.value('description') ? 'description' : 'name'];
  const value = from.value(name);
  return value?.kind === 'cell' && countOf(value) === outputs ? from.texts(name) : undefined;
};
