import { findTarget, type Model, type TargetReference, targetOptions } from '@featurescope/core';
import { z } from 'zod';

/** Option fields of methods that weigh the maps of a layer for a class. */
export const camFields = {
  class: targetOptions.class,
  of: targetOptions.of,
  layer: targetOptions.layer.describe(
    'Layer whose maps are weighed, by its exact name or its index from 1. Default: the last convolutional map',
  ),
  relu: z.boolean().default(true).describe('Keeps only what speaks for the class'),
};

export const camOptions = z.strictObject(camFields);

export type CamOptions = z.output<typeof camOptions>;

/** The class that options address, once the layer is known to exist. @throws FeaturescopeError for unknown names */
export function findClassTarget(model: Model, { class: wanted, of, layer }: CamOptions, visualizer: string): TargetReference {
  if (layer !== undefined) model.layer(layer);
  return findTarget(model, { class: wanted, of }, visualizer);
}
