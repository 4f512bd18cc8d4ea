import type { Extent, Padding } from '@featurescope/core';
import { z } from 'zod';

const SIZE = z.number().int();

/** One number for both axes, or one for each. */
export const PAIR = z
  .union([SIZE, z.tuple([SIZE]).transform(([size]) => size), z.tuple([SIZE, SIZE])])
  .transform((value): Extent => (typeof value === 'number' ? [value, value] : value));

export const PADDING = z.enum(['same', 'valid']).default('valid');

export const CHANNELS_LAST = z.literal('channels_last').nullish();

/** Our padding for a rule of Keras. */
export const explicit = (padding: z.output<typeof PADDING>): Padding =>
  padding === 'same' ? 'same' : { top: 0, left: 0, bottom: 0, right: 0 };
