import { z } from 'zod';
import { partSchema } from './parts/part.js';

export const correspondenceOptions = z.strictObject({
  parts: z
    .union([z.string().min(1), z.array(partSchema).min(1)])
    .describe(
      'File of marked parts: CSV with the columns input, part, top, left, height and width, or a JSON list of objects with these fields; boxes in pixels of the picture as it is on disk, `*` for every input. In a config also the list itself',
    )
    .meta({ placeholder: 'file' }),
  layers: z
    .array(z.union([z.number().int().min(1), z.string().min(1)]))
    .min(1)
    .optional()
    .describe(
      'Layers, by their exact names or their indices from 1. Default: the last map, and the last layer below the class scores (where that is the same one, the class scores)',
    ),
  random: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(10)
    .describe('Repetitions of the comparison with boxes of the same sizes at random places; 0 for none'),
  baseline: z
    .union([z.number(), z.enum(['mean', 'blur'])])
    .default('mean')
    .describe(
      "What stands in place of a part: a number in the network's input units; mean (0 where preprocessing subtracts a mean, else the middle of the range); or blur (the picture blurred by a sixteenth of its shorter side)",
    ),
  batchSize: z
    .number()
    .int()
    .min(1)
    .max(4096)
    .optional()
    .describe('Changed pictures in one pass; does not change the result. Default: by memory'),
});

export type CorrespondenceOptions = z.output<typeof correspondenceOptions>;
