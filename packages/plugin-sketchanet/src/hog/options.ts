import { z } from 'zod';

/** Histograms of oriented gradients; the defaults are those that Dalal & Triggs (2005) found best, but for the size of a cell. */
export const hogOptions = z.strictObject({
  cell: z.int().min(2).default(16).describe('Pixels along a side of a cell; Dalal & Triggs take 8 for people of 128×64 pixels'),
  bins: z.int().min(2).max(36).default(9).describe('Directions that are told apart'),
  block: z.int().min(1).default(2).describe('Cells along a side of a block, which is normalised together'),
  blockStride: z.int().min(1).default(1).describe('Cells from one block to the next'),
  signed: z.boolean().default(false).describe('Whether opposite directions differ: 360° instead of 180°'),
  spatialVotes: z.boolean().default(true).describe('Whether a pixel votes in the four cells around it, by distance, or only in its own'),
  clip: z.number().positive().max(1).default(0.2).describe('Largest entry of a normalised block before it is normalised again (L2-Hys)'),
  epsilon: z.number().positive().default(1e-3).describe('ε of v/√(‖v‖² + ε²), for pictures of ink 0 … 1: keeps empty blocks empty'),
});

export type HogOptions = z.output<typeof hogOptions>;
