import { z } from 'zod';
import { bytesOf } from './bytes.js';
import { MEMORY_FORM } from './errors.js';

const side = z.number().int().min(1).max(16_384);
const overlap = z.number().int().min(0).max(16_383);

/** Fields of an options schema: pictures that do not fit into memory at once are worked on in tiles. */
export const tileOptions = {
  tileSize: z
    .tuple([side, side])
    .optional()
    .describe('height,width of the tiles in which the gradient is computed, in pixels; left out: as large as memory allows'),
  tileOverlap: z
    .union([overlap, z.tuple([overlap, overlap])])
    .optional()
    .describe('rows and columns that neighbouring tiles share, in pixels; left out: 0 with tile-size, else about what the layer sees'),
  tileBlend: z
    .enum(['none', 'ramp'])
    .optional()
    .describe(
      'step for each tile in turn (none), or one step with gradients that fade from tile to tile (ramp); left out: none with tile-size, else ramp',
    ),
  tileShift: z
    .boolean()
    .optional()
    .describe('move the grid of tiles by a random amount before each step, so that no seam stays in place; left out: not with tile-size'),
  memory: z
    .string()
    .refine((text) => bytesOf(text) !== undefined, { error: MEMORY_FORM })
    .optional()
    .describe('memory of the process to stay within by working in tiles, such as 2GB or 1500MB; left out: 4GB where tiles can achieve it'),
};

export type TileOptions = z.output<z.ZodObject<typeof tileOptions>>;
