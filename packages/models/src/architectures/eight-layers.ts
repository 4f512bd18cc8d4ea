import { z } from 'zod';
import type { LooseLayer } from './layers.js';
import { inputSize } from './options.js';

/** Side of the pictures of a `small` network where nobody says which. */
const SMALL_SIDE = 32;

/** Smallest side at which the last pool of a `small` network has a window. */
const SMALLEST_SMALL = 12;

/** The layers that Zeiler and Fergus take out, alone and together, to see what they are for. */
export const removed = () =>
  z
    .array(z.literal([3, 4, 6, 7]))
    .max(4)
    .default([])
    .describe('Layers that are left out, of 3 and 4 (convolutions) and 6 and 7 (fully connected)');

export const fullyConnected = () =>
  z.int().min(1).max(65_536).default(4096).describe('Units of each of the layers 6 and 7, before the width factor');

export const dropoutRate = () =>
  z.number().min(0).max(0.95).default(0.5).describe('Rate of dropout after each of the layers 6 and 7, in training');

export const small = (differences: string) =>
  z.boolean().default(false).describe(`The same eight layers for pictures of 32 to 64 pixels: ${differences}`);

/** The side of the input: `side` or, for a `small` network, 32, unless it is given. */
export const sideOr = (side: number) =>
  inputSize(side, SMALLEST_SMALL)
    .unwrap()
    .optional()
    .describe(`Height and width of the input in pixels (default ${side}; with small, ${SMALL_SIDE})`);

interface Sized {
  readonly small: boolean;
  readonly inputSize?: number | undefined;
}

/** A check that refuses what only a `small` network can take. */
export const fits =
  (smallest: number) =>
  ({ small, inputSize }: Sized, context: z.RefinementCtx): void => {
    if (small || inputSize === undefined || inputSize >= smallest) return;
    const message = `Too small: expected ${smallest} or more, or the option small for pictures of 32 to 64 pixels`;
    context.addIssue({ code: 'custom', path: ['inputSize'], message });
  };

export const sideOf = ({ small, inputSize }: Sized, side: number): number => inputSize ?? (small ? SMALL_SIDE : side);

/** One table from those of layer 1, layer 2 and so on; the numbers in `remove` are passed over. */
export const withoutLayers = (layers: readonly (readonly LooseLayer[])[], remove: readonly number[]): readonly LooseLayer[] =>
  layers.filter((_, i) => !remove.includes(i + 1)).flat();
