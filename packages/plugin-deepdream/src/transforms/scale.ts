import { badFactor } from './errors.js';
import { drawn, type Interval, textOf } from './interval.js';
import { similarityTransform } from './similarity.js';
import type { Transform } from './transform.js';

/** Enlarges (factor > 1) or shrinks about the centre at constant size; the factor 1 is exactly the identity. @throws FeaturescopeError when a factor is not positive */
export function scale(factors: Interval): Transform {
  const bad = [factors.from, factors.to].find((factor) => !(factor > 0));
  if (bad !== undefined) throw badFactor(bad);
  return similarityTransform(`scale:${textOf(factors)}`, (random) => ({ factor: drawn(factors, random), degrees: 0 }));
}
