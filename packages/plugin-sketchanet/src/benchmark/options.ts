import { z } from 'zod';
import { heldOutOptions, jointBayesianChoices, viewOptions } from '../fusing/options.js';

const networks = (text: string) => z.array(z.string().min(1)).min(1).optional().describe(text);

export const benchmarkOptions = z.strictObject({
  ...heldOutOptions,
  networks: networks(
    'other networks for the same classes, each as name=file or by its file: such as LeNet and AlexNet that `featurescope train` has trained on drawings',
  ),
  featuresOf: z
    .string()
    .min(1)
    .optional()
    .describe('network that was trained on something else, such as photos, on whose features a support vector machine is fitted'),
  featuresLayer: z
    .string()
    .min(1)
    .optional()
    .describe('layer of that network, by its exact name; of maps the mean over their positions; left out: that below its class scores'),
  pretrained: networks(
    'networks that others have trained to tell these classes and more, each as name=model or by name, such as doodlenet; only the classes of the data count',
  ),
  ...viewOptions,
  ...jointBayesianChoices,
  c: z
    .array(z.number().positive())
    .min(1)
    .default([0.01, 0.03, 0.1, 0.3, 1, 3, 10])
    .describe(
      'prices C of a violated margin, of which the support vector machines take the best in cross-validation among the drawings learned from; one is taken as it is',
    ),
  hogSize: z.int().min(16).max(1024).default(128).describe('side in pixels of the pictures that HOG describes'),
  hogPen: z.number().positive().max(256).default(4).describe('width of the pen in these pictures, in pixels'),
  hogCell: z.int().min(2).max(256).default(16).describe('side of a cell of HOG in pixels'),
});

export type BenchmarkOptions = z.output<typeof benchmarkOptions>;
