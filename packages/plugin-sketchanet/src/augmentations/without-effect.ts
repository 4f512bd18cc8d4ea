import type { Drawing } from '@featurescope/core';
import { removalCount } from '../augmentation/remove-strokes.js';
import type { AugmentationsOptions } from './options.js';

/** Options that were given without effect, in words. */
export function* withoutEffect(visualizer: string, options: AugmentationsOptions): Generator<string> {
  const { remove, deform } = options;
  const idle: readonly (readonly [given: boolean, name: string, unless: string])[] = [
    [remove === 0 && options.alpha !== undefined, '--alpha', '--remove is above 0'],
    [remove === 0 && options.beta !== undefined, '--beta', '--remove is above 0'],
    [remove === 0 && options.lengthUnit !== undefined, '--length-unit', '--remove is above 0'],
    [deform !== 'local' && deform !== 'both' && options.localStrength !== undefined, '--local-strength', '--deform is local or both'],
    [deform !== 'global' && deform !== 'both' && options.globalStrength !== undefined, '--global-strength', '--deform is global or both'],
  ];
  for (const [isIdle, name, unless] of idle) if (isIdle) yield `${visualizer}: ${name} has no effect unless ${unless}.`;
}

/** A removal that removes nothing, or less than all that was asked for, in words. */
export function* removalWithoutEffect(visualizer: string, input: string, { strokes }: Drawing, remove: number): Generator<string> {
  if (remove > 0 && removalCount(remove, strokes.length) === 0)
    yield `${visualizer}: --remove ${remove} removes nothing of ${input}, which has ${strokes.length} stroke${strokes.length === 1 ? '' : 's'}.`;
}
