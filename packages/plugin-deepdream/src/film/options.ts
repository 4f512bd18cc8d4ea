import { z } from 'zod';
import { dreamOptions } from '../dream/options.js';

const { iterations, octaves, frameEvery: _, ...shared } = dreamOptions.shape;

/** Options of `film`: those of a dream, for each frame, and how the film goes on. */
export const filmOptions = z.strictObject({
  frames: z.number().int().min(2).max(10_000).default(60).describe('frames of the film'),
  zoom: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.05)
    .describe('part of the picture that leaves the frame from one frame to the next: 0.05 shows the middle 95 % enlarged; 0 stands still'),
  frameDelay: z.number().int().min(10).max(10_000).default(80).describe('milliseconds that a frame is shown'),
  ...shared,
  iterations: iterations.default(5).describe('steps in each octave of each frame'),
  octaves: octaves.default(2),
});

export type FilmOptions = z.output<typeof filmOptions>;
