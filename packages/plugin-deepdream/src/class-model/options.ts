import { z } from 'zod';
import { loopOptions } from '../loop/options.js';
import { START_KINDS, startOptions } from '../loop/start.js';
import { regulariserOptions } from '../regularisers/options.js';
import { SCORES } from './objective.js';
import { POSITIONS } from './positions.js';

const classOptions = {
  class: z
    .union([z.number().int().min(0), z.string().min(1)])
    .optional()
    .describe(
      'class to maximise, by its index from 0 or its label; may be left out with --start input: the most probable class of each input',
    ),
  score: z
    .enum(SCORES)
    .default('logit')
    .describe(
      'what to maximise of the score a before the softmax: a itself; a squared, which drives a negative score further down; ' +
        'or max(a, 0) squared, which has no gradient there',
    ),
  positions: z
    .enum(POSITIONS)
    .default('mean')
    .describe(
      'what counts where the scores are a map, as for a picture larger than the network takes: their mean, the position where the class ' +
        'is strongest, or the middle one; probabilities are the softmax of the scores there',
    ),
  jitter: z
    .number()
    .int()
    .min(0)
    .max(4096)
    .optional()
    .describe(
      'largest random shift before each step, in pixels; left out: an eighth of the shorter side, or 0 where the preprocessing is not known',
    ),
};

/** Options of `class-model`. It blurs unless told not to, since what a class looks like is lost in fine patterns else. */
export const classModelOptions = z.strictObject({
  ...classOptions,
  ...loopOptions(256),
  ...startOptions('gaussian'),
  start: z
    .enum(START_KINDS)
    .optional()
    .describe(
      'start from the inputs, from uniform noise over the pixel range, from gaussian noise, or from one value everywhere; left out: input where inputs are given, else gaussian',
    ),
  ...regulariserOptions,
  blurEvery: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe(
      'blur the picture after every n-th step, 0 for never; left out: 2, or never with --start input and where the preprocessing is not known, unless --blur-sigma is given',
    ),
  blurSigma: z
    .number()
    .gt(0)
    .max(100)
    .optional()
    .describe('standard deviation of the blur in pixels; left out: 1, or 0.5 for networks that take pictures smaller than 96 pixels'),
});

type Given = z.output<typeof classModelOptions>;

/** The options, and where to start. */
export type ClassModelOptions = Omit<Given, 'start'> & { readonly start: (typeof START_KINDS)[number] };

/** Starts from the inputs where there are any, unless told otherwise. */
export const settled = (options: Given, inputs: number): ClassModelOptions => ({
  ...options,
  start: options.start ?? (inputs > 0 ? 'input' : 'gaussian'),
});
