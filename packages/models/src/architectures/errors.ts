import { FeaturescopeError } from '@featurescope/core';
import type { z } from 'zod';

/** The options of an architecture do not fit its schema. */
export const invalidArchitectureOptions = (architecture: string, options: z.ZodObject, error: z.ZodError): FeaturescopeError => {
  const problems = error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message));
  return new FeaturescopeError(
    'models/architecture-options',
    `Architecture "${architecture}" cannot be built from these options: ${problems.join('; ')}. It takes ${Object.keys(options.shape).join(', ')}.`,
    { cause: error },
  );
};

export const unevenScales = (channels: number, scales: number): FeaturescopeError =>
  new FeaturescopeError(
    'models/uneven-scales',
    `sketchANetFused got ${channels} channels for ${scales} networks side by side. Expected a multiple: 24 for four networks that see six channels each.`,
  );
