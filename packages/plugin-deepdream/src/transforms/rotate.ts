import { drawn, type Interval, textOf } from './interval.js';
import { similarityTransform } from './similarity.js';
import type { Transform } from './transform.js';

/** Turns about the centre at constant size, anticlockwise on the screen; an angle of 0 is exactly the identity. */
export const rotate = (degrees: Interval): Transform =>
  similarityTransform(`rotate:${textOf(degrees)}`, (random) => ({ factor: 1, degrees: drawn(degrees, random) }));
