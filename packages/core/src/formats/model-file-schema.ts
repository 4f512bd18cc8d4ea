import { z } from 'zod';
import { unionCount } from '../drawing/channels.js';
import { STROKE_SPLITS } from '../drawing/parts.js';

const NAME = z.string().min(1).max(1000);
const EXTENT = z.tuple([z.number(), z.number()]);
const PADDING = z.union([
  z.enum(['same', 'sameLower']),
  z.strictObject({ top: z.number(), left: z.number(), bottom: z.number(), right: z.number() }),
]);
const ORDER = z.enum(['hwc', 'chw']);

const named = { name: NAME, inputs: z.array(NAME).max(10_000), weightsOf: NAME.exactOptional() };
const pool = { ...named, size: EXTENT, stride: EXTENT, padding: PADDING, ceilMode: z.boolean() };

const LAYER_SCHEMA = z.discriminatedUnion('kind', [
  z.strictObject({
    ...named,
    kind: z.literal('conv'),
    kernelSize: EXTENT,
    filters: z.number(),
    stride: EXTENT,
    dilation: EXTENT,
    padding: PADDING,
    groups: z.number(),
    bias: z.boolean(),
  }),
  z.strictObject({ ...named, kind: z.literal('dense'), units: z.number(), bias: z.boolean(), inputOrder: ORDER }),
  z.strictObject({ ...pool, kind: z.literal('maxPool') }),
  z.strictObject({ ...pool, kind: z.literal('avgPool'), countIncludePad: z.boolean() }),
  z.strictObject({ ...named, kind: z.literal('lrn'), size: z.number(), alpha: z.number(), beta: z.number(), bias: z.number() }),
  z.strictObject({ ...named, kind: z.literal('batchNorm'), epsilon: z.number() }),
  z.strictObject({ ...named, kind: z.literal('affine') }),
  z.strictObject({ ...named, kind: z.literal('leakyRelu'), slope: z.number() }),
  z.strictObject({
    ...named,
    kind: z.literal('clip'),
    // JSON has no infinity and writes null.
    min: z
      .number()
      .nullable()
      .transform((min) => min ?? Number.NEGATIVE_INFINITY),
    max: z
      .number()
      .nullable()
      .transform((max) => max ?? Number.POSITIVE_INFINITY),
  }),
  z.strictObject({ ...named, kind: z.literal('dropout'), rate: z.number() }),
  z.strictObject({ ...named, kind: z.literal('flatten'), order: ORDER }),
  z.strictObject({
    ...named,
    kind: z.literal('pad'),
    padding: z.strictObject({ top: z.number(), left: z.number(), bottom: z.number(), right: z.number() }),
    value: z.number(),
  }),
  z.strictObject({ ...named, kind: z.literal('constant'), shape: z.array(z.number()).max(32) }),
  z.strictObject({
    ...named,
    kind: z.enum(['relu', 'tanh', 'sigmoid', 'globalAvgPool', 'concat', 'add', 'multiply', 'softmax', 'identity']),
  }),
]);

const SIZE = z
  .number()
  .int()
  .min(1)
  .max(2 ** 16);

/** A network without its weights, as JSON; ranges of layer attributes are checked by `validateNetwork`. */
export const NETWORK_SCHEMA = z.strictObject({
  input: z.strictObject({ name: NAME, shape: z.tuple([SIZE.nullable(), SIZE.nullable(), SIZE]) }),
  layers: z.array(LAYER_SCHEMA).min(1).max(100_000),
  outputs: z.array(NAME).min(1).max(10_000),
});

/** Of a drawing, and the channels that they make. */
const MOST_PARTS = 5;
const MOST_SCALES = 8;
const MOST_CHANNELS = unionCount(MOST_PARTS) * MOST_SCALES;

/** How a network sees strokes, as JSON. */
export const STROKES_SCHEMA = z.strictObject({
  canvas: SIZE.exactOptional(),
  penWidth: z.number().positive(),
  parts: z.number().int().min(1).max(MOST_PARTS),
  split: z.enum(STROKE_SPLITS),
  resolution: z.union([SIZE, z.array(SIZE).min(1).max(MOST_SCALES)]).exactOptional(),
});

/** An input specification as JSON. */
export const INPUT_SPEC_SCHEMA = z.strictObject({
  size: z.tuple([SIZE, SIZE]),
  channels: SIZE,
  fixedSize: z.boolean(),
  preprocessing: z
    .strictObject({
      channelOrder: z.enum(['rgb', 'bgr', 'grey']),
      scale: z.number(),
      mean: z.array(z.number()).max(MOST_CHANNELS),
      std: z.array(z.number()).max(MOST_CHANNELS),
      resizeShortSide: SIZE.exactOptional(),
      invert: z.boolean().exactOptional(),
      strokes: STROKES_SCHEMA.exactOptional(),
    })
    .exactOptional(),
});
