import { sharesDoNotMatch } from './errors.js';
import type { InvertOptions } from './options.js';

/** Iterations with one step size. */
export interface SchedulePart {
  /** On the base rate. */
  readonly factor: number;
  readonly iterations: number;
}

/** Shares of the published schedule: 100, 200 and 100 iterations. */
const PUBLISHED: readonly number[] = [1, 2, 1];

/**
 * The parts of a run one after another, with their shares of all iterations; parts that get none are left out. @throws FeaturescopeError
 * when there is not one share for each factor
 */
export function scheduleParts({ schedule, shares, iterations }: Pick<InvertOptions, 'schedule' | 'shares' | 'iterations'>): SchedulePart[] {
  if (shares && shares.length !== schedule.length) throw sharesDoNotMatch(shares.length, schedule.length);
  const parts = shares ?? (schedule.length === PUBLISHED.length ? PUBLISHED : schedule.map(() => 1));
  const total = parts.reduce((sum, share) => sum + share, 0);
  let [passed, done] = [0, 0];
  return schedule
    .map((factor, i): SchedulePart => {
      passed += parts[i] ?? 0;
      const until = Math.round((iterations * passed) / total);
      const part = { factor, iterations: until - done };
      done = until;
      return part;
    })
    .filter((part) => part.iterations > 0);
}
