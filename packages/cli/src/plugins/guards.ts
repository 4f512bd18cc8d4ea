import type { Plugin, VisualizerFactory } from '@featurescope/core';
import { z } from 'zod';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A schema whose fields can become flags; from whichever copy of zod. */
const isObjectSchema = (value: unknown): boolean => isRecord(value) && isRecord(value['shape']) && isRecord(value['_zod']);

/** What `defineVisualizer` returns. */
export const isVisualizerFactory = (value: unknown): value is VisualizerFactory => {
  if (typeof value !== 'function' || !('visualizer' in value) || !isRecord(value.visualizer)) return false;
  const { name, options, run } = value.visualizer;
  return typeof name === 'string' && isObjectSchema(options) && typeof run === 'function';
};

const architecture = z.looseObject({ name: z.string(), summary: z.string(), create: z.custom((value) => typeof value === 'function') });

const plugin = z.looseObject({
  name: z.string().min(1),
  visualizers: z.array(z.custom(isVisualizerFactory)).optional(),
  objectives: z
    .record(
      z.string(),
      z.custom((value) => typeof value === 'function'),
    )
    .optional(),
  architectures: z.array(architecture).optional(),
  register: z.custom((value) => typeof value === 'function').optional(),
});

export const isPlugin = (value: unknown): value is Plugin => plugin.safeParse(value).success;
