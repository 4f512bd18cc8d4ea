import { z } from 'zod';
import { layerReference } from '../dream/options.js';
import { loopOptions } from '../loop/options.js';
import { STEP_RULES } from '../loop/step-rules.js';
import { regulariserOptions } from '../regularisers/options.js';

/** Weight of the diversity of a batch when none is given. */
export const DIVERSITY = 0.3;

const whole = z.number().int().min(0);
const unit = z.union([whole, z.string().min(1)]);
const side = z.number().int().min(8).max(4096);

/** What the pictures are made for. */
const targetOptions = {
  layer: layerReference
    .optional()
    .describe('layer, by name or index, or logits; left out: the last one whose positions are at most 8 pixels apart'),
  unit: unit.optional().describe('channel of the layer, from 0; of the logits also the label of a class'),
  units: z
    .array(unit)
    .min(1)
    .optional()
    .describe('several channels, a picture for each: 0,5,12, ranges such as 0..63, or all; left out: the first 16'),
  at: z.tuple([whole, whole]).optional().describe('row and column of one neuron of each channel; left out: the mean over all positions'),
  direction: z
    .union([z.array(z.number()).min(1), z.record(z.string(), z.number())])
    .optional()
    .describe('mixture of channels instead of single ones: a number for each channel of the layer, or for some, such as 3=1,7=-0.5'),
  batch: z.number().int().min(1).max(64).default(1).describe('number of pictures of one unit or direction, from different starts'),
  diversity: z
    .number()
    .min(0)
    .optional()
    .describe(`weight of how much the pictures of a batch differ, relative to their activation; left out: ${DIVERSITY}`),
  diversityLayer: layerReference.optional().describe('layer in which pictures of a batch are to differ; left out: that of the unit'),
};

/** What is optimised, and what it has to withstand. */
const pictureOptions = {
  parameterisation: z
    .enum(['fourier', 'pixel'])
    .default('fourier')
    .describe('what is optimised: Fourier coefficients, which make smooth pictures, or the pixels themselves'),
  colour: z
    .enum(['decorrelated', 'plain'])
    .optional()
    .describe(
      'whether Fourier coefficients are those of uncorrelated colours, for networks that see red, green and blue; left out: decorrelated',
    ),
  transforms: z
    .array(z.string())
    .min(1)
    .optional()
    .describe(
      'random changes of the picture before each step: pad:12,jitter:8,scale:0.9..1.1,rotate:-10..10, or none; left out: these, in proportion to the size',
    ),
  size: z.tuple([side, side]).optional().describe("height,width of the pictures; left out: the network's recommended size"),
  redirect: z
    .boolean()
    .default(true)
    .describe('let the signal pass inactive neurons in the first 16 steps of a picture that would get no gradient otherwise'),
  batchSize: z
    .number()
    .int()
    .min(1)
    .max(1024)
    .optional()
    .describe(
      'most units that are worked on at once, which changes speed and memory but not the result (pictures that are to differ stay together); left out: 64 at sizes up to 64×64, fewer above',
    ),
};

const { guard: _, ...loop } = loopOptions(128);

/** Options of `feature`; defaults follow tensorflow/lucid. */
export const featureOptions = z.strictObject({
  ...targetOptions,
  ...pictureOptions,
  ...loop,
  stepRule: z.enum(STEP_RULES).default('adam').describe('gradient divided by its mean absolute value, plain gradient, or Adam'),
  step: z
    .number()
    .positive()
    .optional()
    .describe(
      "step size, of Fourier coefficients or in the network's input units; left out: one that suits parameterisation and step rule (needed for the step rule fixed)",
    ),
  frameEvery: z
    .number()
    .int()
    .min(0)
    .default(8)
    .describe('emit a picture of every n-th iteration, also collected in the animation; 0 for none'),
  ...regulariserOptions,
});

export type FeatureOptions = z.output<typeof featureOptions>;
