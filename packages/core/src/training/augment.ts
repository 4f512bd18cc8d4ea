import { z } from 'zod';
import type { Random } from '../random.js';

export const augmentationOptions = z.strictObject({
  flip: z.boolean().default(false).describe('Mirrors half of the pictures left to right'),
  translate: z.int().min(0).default(0).describe('Largest shift in pixels, in each direction; what comes in is 0, the mean'),
  zoom: z
    .number()
    .min(0)
    .max(0.9)
    .default(0)
    .describe('Largest part of the side that a crop cuts away (or that zeros add) before scaling back'),
  noise: z.number().min(0).default(0).describe('Standard deviation of added normal noise, in the units of the network input'),
  brightness: z.number().min(0).default(0).describe('Largest shift of all values, in the units of the network input'),
  contrast: z.number().min(0).max(1).default(0).describe('Largest relative change of the distance from 0'),
  colour: z.number().min(0).default(0).describe('Largest shift of each channel by itself, in the units of the network input'),
  cutout: z.int().min(0).default(0).describe('Side of a square of zeros at a random place, in pixels'),
});

export type Augmentation = z.output<typeof augmentationOptions>;

/** What is done to one picture: all that is random about it. */
export interface Distortion {
  readonly flip: boolean;
  readonly dy: number;
  readonly dx: number;
  /** Side of the cropped region over the side of the picture: below 1 enlarges, above 1 shrinks. */
  readonly scale: number;
  /** Factor and shift of each channel. */
  readonly gain: number;
  readonly shifts: Float32Array;
  /** Top left corner of the square of zeros; may lie outside. */
  readonly hole: readonly [y: number, x: number];
}

const symmetric = (random: Random, limit: number): number => (2 * random.uniform() - 1) * limit;

/** Draws a distortion. All numbers are drawn whatever the options are, so that switching one on does not change the others. */
export function drawDistortion(
  options: Augmentation,
  random: Random,
  [height, width]: readonly [number, number],
  channels: number,
): Distortion {
  const flip = random.uniform() < 0.5 && options.flip;
  const dy = random.integer(-options.translate, options.translate);
  const dx = random.integer(-options.translate, options.translate);
  const scale = 1 + symmetric(random, options.zoom);
  const gain = 1 + symmetric(random, options.contrast);
  const shift = symmetric(random, options.brightness);
  const hole: [number, number] = [random.integer(0, height - 1), random.integer(0, width - 1)];
  const half = Math.floor(options.cutout / 2);
  const shifts = Float32Array.from({ length: channels }, () => shift + symmetric(random, options.colour));
  return { flip, dy, dx, scale, gain, shifts, hole: [hole[0] - half, hole[1] - half] };
}
