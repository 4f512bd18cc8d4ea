import type { ExplicitPadding, Extent } from '@featurescope/core';
import type { Fields } from '../fields.js';

/** One number for both axes, or one for height and one for width. */
export const extentOf = (fields: Fields, name: string, standard?: Extent): Extent => {
  const vector = fields.vector(name);
  const [height, width = height] = vector ?? standard ?? [];
  if (height !== undefined && width !== undefined && (vector?.length ?? 2) <= 2) return [height, width];
  throw fields.fail(vector === undefined ? `lacks its ${name}` : `has [${vector.join(' ')}] as ${name}; expected one or two numbers`);
};

/** MatConvNet's pad: one number, [vertical horizontal], or [top bottom left right]. */
export const paddingOf = (fields: Fields): ExplicitPadding => {
  const vector = fields.vector('pad') ?? [0];
  const [first = 0, second = 0, third = 0, fourth = 0] = vector;
  switch (vector.length) {
    case 1:
      return { top: first, bottom: first, left: first, right: first };
    case 2:
      return { top: first, bottom: first, left: second, right: second };
    case 4:
      return { top: first, bottom: second, left: third, right: fourth };
    default:
      throw fields.fail(`has [${vector.join(' ')}] as pad; expected one number or [top bottom left right]`);
  }
};
