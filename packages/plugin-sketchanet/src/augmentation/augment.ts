import type { Drawing, Random } from '@featurescope/core';
import { deformGlobally } from './deform-globally.js';
import { deformLocally } from './deform-locally.js';
import { flipDrawing, rotateDrawing, shiftDrawing } from './place.js';
import { removedStrokes } from './remove-strokes.js';

/** Which deformation by moving least squares. */
export type Deformation = 'none' | 'local' | 'global' | 'both';

export interface AugmentOptions {
  /** Share of the strokes that are removed. */
  readonly remove: number;
  readonly alpha?: number | undefined;
  readonly beta?: number | undefined;
  readonly lengthUnit?: number | undefined;
  readonly deform: Deformation;
  readonly localStrength?: number | undefined;
  readonly globalStrength?: number | undefined;
  /** Mirrors half of the drawings. */
  readonly flip: boolean;
  /** Largest turn in whole degrees; 55 of 100 drawings are turned. */
  readonly rotate: number;
  /** Largest shift in each direction, in pixels of a canvas of 256. */
  readonly shift: number;
}

/** What became of a drawing. */
export interface Variant {
  readonly drawing: Drawing;
  /** Places of the strokes that were removed, from 0. */
  readonly removed: readonly number[];
  readonly flipped: boolean;
  /** Degrees, clockwise. */
  readonly turned: number;
  /** Parts of the canvas. */
  readonly shifted: readonly [right: number, down: number];
}

/** Share of the drawings that are turned, as in the authors' training script. */
const TURNED = 0.55;
const SHIFT_CANVAS = 256;

/**
 * A new variant of a drawing: strokes removed, each stroke deformed, the whole deformed, mirrored, turned and shifted, in this order. Each
 * step has random numbers of its own, so that switching one off does not change the others.
 */
export function augmentDrawing(drawing: Drawing, options: AugmentOptions, random: Random): Variant {
  const { remove: ratio, deform, localStrength, globalStrength } = options;
  const gone = removedStrokes(drawing, { ...options, ratio });
  let result: Drawing = { ...drawing, strokes: drawing.strokes.filter((_, i) => !gone.has(i)) };
  if (deform === 'local' || deform === 'both') result = deformLocally(result, random.fork('local'), localStrength);
  if (deform === 'global' || deform === 'both') result = deformGlobally(result, random.fork('global'), globalStrength);
  const { flipped, turned, shifted } = drawPlace(options, random.fork('place'));
  if (flipped) result = flipDrawing(result);
  if (turned !== 0) result = rotateDrawing(result, turned);
  if (shifted[0] !== 0 || shifted[1] !== 0) result = shiftDrawing(result, ...shifted);
  return { drawing: result, removed: [...gone].sort((a, b) => a - b), flipped, turned, shifted };
}

/** All numbers are drawn whatever the options are. */
function drawPlace({ flip, rotate, shift }: AugmentOptions, random: Random): Pick<Variant, 'flipped' | 'turned' | 'shifted'> {
  const flipped = random.uniform() < 0.5 && flip;
  const isTurned = random.uniform() < TURNED;
  const degrees = whole(random, rotate);
  const shifted = [whole(random, shift) / SHIFT_CANVAS, whole(random, shift) / SHIFT_CANVAS] as const;
  return { flipped, turned: isTurned ? degrees : 0, shifted };
}

/** An integer from −most to most. */
const whole = (random: Random, most: number): number => random.integer(-most, most);
