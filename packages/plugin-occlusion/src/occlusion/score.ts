import { findTarget, type Model, type TargetReference } from '@featurescope/core';
import { conflictingOptions, scoreNeeds } from '../errors.js';
import type { OcclusionOptions, SCORES } from './options.js';

export type ScoreName = (typeof SCORES)[number];

/** What options say is followed, as far as it is known without an input. */
export interface AskedScore {
  readonly name: ScoreName;
  /** Left out for the activity of the most active map of the map layer. */
  readonly reference?: TargetReference;
}

/** What is followed. Call it before any work. @throws FeaturescopeError for unknown names and contradictory options */
export function askedScore(model: Model, options: OcclusionOptions, visualizer: string): AskedScore {
  const { score: name = impliedScore(options), layer, unit, at, of } = options;
  if (of === 'probabilities' && name !== 'probability') throw conflictingOptions(visualizer, '--of probabilities', `--score ${name}`);
  switch (name) {
    case 'logit':
    case 'probability':
      if (layer !== undefined) throw conflictingOptions(visualizer, `--score ${name}, which is of a class,`, '--layer');
      return { name, reference: findTarget(model, { class: options.class, of: 'logits', unit, at }, visualizer) };
    case 'unit':
      if (options.class !== undefined) throw conflictingOptions(visualizer, '--score unit', '--class');
      if (layer === undefined) throw scoreNeeds(visualizer, name, '--layer, and --unit for another than the strongest');
      return { name, reference: findTarget(model, { layer, unit, at, of }, visualizer) };
    case 'activity':
      if (options.class !== undefined) throw conflictingOptions(visualizer, '--score activity', '--class');
      if (at !== undefined) throw conflictingOptions(visualizer, '--score activity, which is summed over positions,', '--at');
      if (layer !== undefined) return { name, reference: findTarget(model, { layer, unit, of }, visualizer) };
      if (unit !== undefined) throw scoreNeeds(visualizer, 'activity', '--layer beside --unit');
      return { name };
  }
}

const impliedScore = ({ layer, of }: OcclusionOptions): ScoreName =>
  layer !== undefined ? 'unit' : of === 'probabilities' ? 'probability' : 'logit';
