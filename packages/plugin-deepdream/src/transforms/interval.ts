import type { Random } from '@featurescope/core';

/** What a random number is drawn from: any number between the two, all equally likely. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** One number. */
export const drawn = ({ from, to }: Interval, random: Random): number => from + (to - from) * random.uniform();

/** An interval as it is written on the command line. */
export const textOf = ({ from, to }: Interval): string => `${from}..${to}`;
