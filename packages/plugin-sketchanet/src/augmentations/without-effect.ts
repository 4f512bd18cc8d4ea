import { type Drawing, idleOptions } from '@featurescope/core';
import { removalCount } from '../augmentation/remove-strokes.js';
import { type AugmentationsOptions, augmentationsOptions } from './options.js';

/** Options that were given without effect, in words. */
export function withoutEffect(options: AugmentationsOptions): readonly string[] {
  const { remove, deform } = options;
  const kept = remove === 0 && 'unless --remove is above 0';
  const stiff = (kind: 'local' | 'global') => deform !== kind && deform !== 'both' && `unless --deform is ${kind} or both`;
  return idleOptions(augmentationsOptions, options, {
    alpha: kept,
    beta: kept,
    lengthUnit: kept,
    localStrength: stiff('local'),
    globalStrength: stiff('global'),
  });
}

/** A removal that removes nothing, or less than all that was asked for, in words. */
export function* removalWithoutEffect(visualizer: string, input: string, { strokes }: Drawing, remove: number): Generator<string> {
  if (remove > 0 && removalCount(remove, strokes.length) === 0)
    yield `${visualizer}: --remove ${remove} removes nothing of ${input}, which has ${strokes.length} stroke${strokes.length === 1 ? '' : 's'}.`;
}
