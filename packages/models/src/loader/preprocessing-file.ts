import { basename, extname } from 'node:path';
import { type Extent, type Preprocessing, STROKES_SCHEMA, strokeChannelCount } from '@featurescope/core';
import { z } from 'zod';
import { invalidPreprocessing } from './errors.js';

const SIZE = z
  .number()
  .int()
  .min(1)
  .max(2 ** 16);
const EXTENT = z.union([SIZE.transform((size): Extent => [size, size]), z.tuple([SIZE, SIZE])]);
const FRACTION = z
  .string()
  .regex(/^\s*\d+(\.\d+)?\s*\/\s*\d+(\.\d+)?\s*$/, { error: 'expected a number or a fraction such as "1/255"' })
  .transform((text) => {
    const [numerator, denominator] = text.split('/').map(Number);
    return (numerator ?? 0) / (denominator ?? 1);
  })
  .refine((value) => Number.isFinite(value) && value > 0, { error: 'expected a positive number' });

const MOST_CHANNELS = 128;

const FILE = z.object({
  model: z.string().optional(),
  channelOrder: z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(['rgb', 'bgr', 'grey', 'gray']))
    .optional(),
  scale: z.union([z.number().positive(), FRACTION]).optional(),
  /** Values that pixels 0 and 255 become before the mean, when there is no scale. */
  valueRange: z.tuple([z.number(), z.number()]).optional(),
  mean: z.array(z.number()).min(1).max(MOST_CHANNELS).optional(),
  std: z.array(z.number().positive()).min(1).max(MOST_CHANNELS).optional(),
  resizeShortSide: SIZE.optional(),
  cropSize: EXTENT.optional(),
  invert: z.boolean().optional(),
  background: z.number().optional(),
  stroke: z.number().optional(),
  /** Of a network that was trained on drawings; ink is 255 on 0 before the scale. */
  strokes: STROKES_SCHEMA.optional(),
  input: z.object({ recommendedSize: EXTENT.optional() }).optional(),
  labels: z.string().optional(),
  output: z.object({ labels: z.string().optional() }).optional(),
});

/** What a `preprocessing.json` says; sizes and names left out are undefined. */
export interface PreprocessingFile {
  /** File name of the model it is meant for; without an ending, of all files of that name. */
  readonly model?: string;
  readonly size?: Extent;
  /** File name of the labels. */
  readonly labels?: string;
  /** For a network with this number of channels. @throws FeaturescopeError when it does not fit */
  preprocessing(channels: number): Preprocessing;
}

/** Whether it is meant for a model file of this name, and not for a neighbour. */
export const isFor = ({ model }: PreprocessingFile, name: string): boolean =>
  model === undefined || model === name || model === basename(name, extname(name));

/** @throws FeaturescopeError naming the field that is wrong */
export const parsePreprocessing = (text: string, path: string): PreprocessingFile => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalidPreprocessing(path, 'it is not JSON');
  }
  const parsed = FILE.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalidPreprocessing(path, `${issue?.path.join('.') || 'the file'}: ${issue?.message}`);
  }
  const file = parsed.data;
  const size = file.input?.recommendedSize ?? file.cropSize;
  const labels = file.output?.labels ?? file.labels;
  return {
    ...(file.model !== undefined && { model: file.model }),
    ...(size && { size }),
    ...(labels !== undefined && { labels }),
    preprocessing: (channels) => preprocessingOf(file, channels, path),
  };
};

const preprocessingOf = (file: z.output<typeof FILE>, channels: number, path: string): Preprocessing => {
  const order = file.channelOrder ?? (channels === 1 || file.strokes ? 'grey' : 'rgb');
  const channelOrder = order === 'gray' ? 'grey' : order;
  const fits = file.strokes ? strokeChannelCount(file.strokes) === channels : channels === 3 || (channelOrder === 'grey' && channels === 1);
  if (!fits) {
    const what = file.strokes ? `strokes are ${strokeChannelCount(file.strokes)} channels, which do` : `channelOrder ${channelOrder} does`;
    throw invalidPreprocessing(path, `its ${what} not fit a network with ${channels} channels`);
  }
  const [low, high] = file.valueRange ?? [0, 255];
  if (high <= low) throw invalidPreprocessing(path, `its valueRange [${low}, ${high}] is empty`);
  const scale = file.scale ?? (high - low) / 255;
  const shift = file.scale === undefined ? low : 0;
  const invert = file.invert ?? (file.stroke !== undefined && file.background !== undefined && file.stroke > file.background);
  return {
    channelOrder,
    scale,
    mean: perChannel(file.mean ?? [0], channels, 'mean', path).map((mean) => mean - shift),
    std: perChannel(file.std ?? [1], channels, 'std', path),
    ...(file.resizeShortSide !== undefined && { resizeShortSide: file.resizeShortSide }),
    ...(invert && { invert }),
    ...(file.strokes && { strokes: file.strokes }),
  };
};

const perChannel = (values: readonly number[], channels: number, name: string, path: string): readonly number[] => {
  if (values.length === channels) return values;
  if (values.length === 1) return Array.from({ length: channels }, () => values[0] ?? 0);
  throw invalidPreprocessing(path, `its ${name} has ${values.length} values for ${channels} channels`);
};
