import { RUNTIME_CHOICES } from '@featurescope/core';
import { z } from 'zod';

/** The flags that every command has. */
export const commonOptions = z.strictObject({
  model: z
    .string()
    .min(1)
    .optional()
    .meta({ placeholder: 'name|file', description: 'hub name or model file; left out: the bundled photo network' }),
  dataset: z.string().min(1).optional().meta({
    placeholder: 'folder|archive|batch',
    description:
      'pictures for visualizers that look through many: a folder, an archive, a .csv, CIFAR .bin or .npy file; several by commas',
  }),
  out: z.string().min(1).default('out').meta({ placeholder: 'dir', description: 'folder for the results' }),
  seed: z.int().min(0).max(4_294_967_295).default(1).describe('start of the random numbers: same seed, same results'),
  runtime: z.enum(RUNTIME_CHOICES).default('auto').describe('what computes'),
  json: z.boolean().default(false).describe('print results, or the event stream, as JSON'),
  quiet: z.boolean().default(false).describe('print nothing but errors'),
  resume: z.boolean().default(false).describe('continue what an earlier run in the same folder left undone'),
  config: z.string().min(1).optional().meta({ placeholder: 'file', description: 'config to take model, inputs and so on from' }),
  plugin: z
    .array(z.string().min(1))
    .default([])
    .meta({ placeholder: 'module', description: 'package or file with further visualizers; may be repeated' }),
  debug: z.boolean().default(false).describe('show the stack of an error'),
});

export type CommonKey = keyof typeof commonOptions.shape;

/** The common flags that were given; defaults are not filled in. */
export type CommonOptions = { readonly [K in CommonKey]?: z.output<typeof commonOptions>[K] };
