import { jitter } from './jitter.js';
import { pad } from './pad.js';
import { rotate } from './rotate.js';
import { scale } from './scale.js';
import type { Transform } from './transform.js';

/** Side of the pictures that lucid's distances are meant for. */
const LUCID_SIDE = 224;

/**
 * The transforms of lucid (`standard_transforms`) for a network with an input of `side` pixels, distances in proportion and at least 1: for 224
 * `pad:12,jitter:8,scale:0.9..1.1,rotate:-10..10,jitter:4`. They keep the size, since the border is as wide as both shifts together, and it is a
 * reflection in place of grey.
 */
export function defaultTransforms(side: number): readonly Transform[] {
  const distance = (pixels: number): number => Math.max(1, Math.round((pixels * side) / LUCID_SIDE));
  const [first, last] = [distance(8), distance(4)];
  return [pad(first + last, 'reflect'), jitter(first), scale({ from: 0.9, to: 1.1 }), rotate({ from: -10, to: 10 }), jitter(last)];
}
