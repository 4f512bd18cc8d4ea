import type { Random } from '@featurescope/core';
import { nothingToDraw } from './errors.js';

/** What a random number is drawn from: any number of a range, or one of a list, all equally likely. */
export type Choice = { readonly from: number; readonly to: number } | readonly number[];

/** One number. */
export function drawn(choice: Choice, random: Random): number {
  if ('from' in choice) return choice.from + (choice.to - choice.from) * random.uniform();
  return choice[random.integer(0, choice.length - 1)] ?? Number.NaN;
}

/** A choice as it is written on the command line; a list stands in brackets. @throws FeaturescopeError when there is nothing to choose from */
export function textOf(choice: Choice, transform: string): string {
  if ('from' in choice) return `${choice.from}..${choice.to}`;
  if (choice.length === 0) throw nothingToDraw(transform);
  return `[${choice.join(' ')}]`;
}
