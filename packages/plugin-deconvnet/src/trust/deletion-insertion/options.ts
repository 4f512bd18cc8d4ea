import { z } from 'zod';
import { methodFields } from '../../attribution/method.js';

export const deletionInsertionOptions = z.strictObject({
  ...methodFields('Visualizer whose attribution is tested, by its name'),
  score: z
    .enum(['probability', 'logit'])
    .default('probability')
    .describe(
      'What is followed of a class: its probability (the softmax of the logits where the network has none), or its logit; of a unit its activation',
    ),
  order: z
    .enum(['signed', 'magnitude'])
    .default('signed')
    .describe('Pixels that raise the score most go first (sum over channels), or those with the largest number of either sign'),
  blockSize: z
    .number()
    .int()
    .min(1)
    .max(512)
    .default(1)
    .describe(
      'Side in pixels of the squares that are removed or put in as a whole, in the order of their means: single pixels leave holes that large networks have never seen',
    ),
  steps: z.number().int().min(1).max(10_000).default(50).describe('Parts of the picture that are removed or put in one after the other'),
  baseline: z
    .union([z.number(), z.enum(['mean', 'blur'])])
    .optional()
    .describe(
      "What stands for a removed pixel: a number in the network's input units, the mean colour of the picture, or the blurred picture. Default: the mean where pixels are removed, the blurred picture where they are put in",
    ),
  blurSigma: z
    .number()
    .gt(0)
    .max(500)
    .optional()
    .describe('Standard deviation of the blur in pixels. Default: a sixteenth of the shorter side'),
  randomOrders: z.number().int().min(0).max(100).default(3).describe('Random orders whose mean curves are shown for comparison'),
  batchSize: z.number().int().min(1).max(256).default(16).describe('Pictures in one pass'),
});

export type DeletionInsertionOptions = z.output<typeof deletionInsertionOptions>;
