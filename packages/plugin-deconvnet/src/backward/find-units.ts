import { findTarget, type Model, type TargetReference } from '@featurescope/core';
import { conflictingOptions, unitsNeedLayer } from '../errors.js';
import type { ProjectionOptions } from './options.js';

/** The units that options address, each once. Call it before any work. @throws FeaturescopeError for unknown names and contradictory options */
export function findUnits(model: Model, options: ProjectionOptions, visualizer: string): readonly TargetReference[] {
  const { units, wholeMap, at, unit } = options;
  if (wholeMap && at) throw conflictingOptions(visualizer, 'a whole map (--whole-map)', 'a position (--at)');
  if (!units) return [findTarget(model, options, visualizer)];
  if (unit !== undefined) throw conflictingOptions(visualizer, '--units', '--unit');
  if (options.class !== undefined) throw conflictingOptions(visualizer, '--units', 'a class');
  if (options.layer === undefined) throw unitsNeedLayer(visualizer);
  return [...new Set(units)].map((one) => findTarget(model, { ...options, unit: one }, visualizer));
}
