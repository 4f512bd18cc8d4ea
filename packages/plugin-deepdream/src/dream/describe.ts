import type { Course } from '../loop/course.js';
import type { Optimised } from '../loop/optimise.js';
import type { DreamOptions } from './options.js';

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** Which layers were led where, and for how long. */
export function describeDream(
  layers: readonly string[],
  { guide, minimise, iterations }: Pick<DreamOptions, 'guide' | 'minimise' | 'iterations'>,
  { stages }: Pick<Course, 'stages'>,
  result: Pick<Optimised, 'iterations'>,
): string {
  const upwards = guide === undefined ? 'excited' : 'led towards the guide';
  const downwards = guide === undefined ? 'calmed' : 'led away from the guide';
  const all = stages.reduce((sum, stage) => sum + stage.iterations, 0);
  const stopped = result.iterations < all ? `, stopped after ${result.iterations} of ${all}` : '';
  const plan = `${counted(stages.length, 'octave')} of ${counted(iterations, 'iteration')}`;
  return `${layers.join(' + ')} ${minimise ? downwards : upwards} in ${plan}${stopped}`;
}
