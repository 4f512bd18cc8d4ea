import { createRandom } from '@featurescope/core';
import { syntheticDrawing } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { type AugmentOptions, augmentDrawing } from '../../src/augmentation/augment.js';
import { withNoise } from '../../src/augmentation/noise.js';
import { flipDrawing, rotateDrawing, shiftDrawing } from '../../src/augmentation/place.js';
import { sketch, stroke } from '../support.js';

const none: AugmentOptions = { remove: 0, deform: 'none', flip: false, rotate: 0, shift: 0 };
const drawing = syntheticDrawing('augment', 8);

describe('placing', () => {
  const dot = sketch(stroke([100, 200]));
  const at = ({ strokes }: typeof dot) => [strokes[0]?.x[0], strokes[0]?.y[0]];

  it('shifts by parts of the canvas, mirrors and turns around its middle', () => {
    expect(at(shiftDrawing(dot, 0.25, -0.125))).toEqual([300, 100]);
    expect(at(flipDrawing(dot))).toEqual([700, 200]);
    const [x, y] = at(rotateDrawing(dot, 90));
    expect(x).toBeCloseTo(600, 10);
    expect(y).toBeCloseTo(100, 10);
  });
});

describe('a variant', () => {
  it('is the drawing itself when nothing is asked for', () => {
    expect(augmentDrawing(drawing, none, createRandom(1))).toMatchObject({ drawing, removed: [], flipped: false });
  });

  it('is drawn from ranges: half mirrored, 55 of 100 turned, shifts of up to so many pixels', () => {
    const variants = Array.from({ length: 1000 }, (_, i) =>
      augmentDrawing(sketch(stroke([1, 1])), { ...none, flip: true, rotate: 5, shift: 16 }, createRandom(i)),
    );
    const share = (is: (variant: (typeof variants)[number]) => boolean) => variants.filter(is).length / variants.length;
    expect(share(({ flipped }) => flipped)).toBeCloseTo(0.5, 1);
    expect(share(({ turned }) => turned !== 0)).toBeCloseTo((0.55 * 10) / 11, 1);
    expect(new Set(variants.map(({ turned }) => turned + 0))).toEqual(new Set([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5]));
    const shifts = variants.flatMap(({ shifted }) => shifted.map((part) => part * 256));
    expect([Math.min(...shifts), Math.max(...shifts)]).toEqual([-16, 16]);
  });

  it('has each step with random numbers of its own', () => {
    const all: AugmentOptions = { ...none, remove: 0.3, deform: 'both', flip: true, rotate: 5, shift: 16 };
    for (let seed = 0; seed < 20; seed++) {
      const [whole, undeformed] = [
        augmentDrawing(drawing, all, createRandom(seed)),
        augmentDrawing(drawing, { ...all, deform: 'none' }, createRandom(seed)),
      ];
      expect({ ...whole, drawing: 0 }).toEqual({ ...undeformed, drawing: 0 });
      const still = { ...all, flip: false, rotate: 0, shift: 0 };
      const [both, local] = [
        augmentDrawing(drawing, still, createRandom(seed)),
        augmentDrawing(drawing, { ...still, deform: 'local' }, createRandom(seed)),
      ];
      expect(both.removed).toEqual(local.removed);
      expect(both.drawing).not.toEqual(local.drawing);
    }
  });

  it('keeps times and knots of what it moves', () => {
    const { drawing: after } = augmentDrawing(drawing, { ...none, deform: 'both', flip: true }, createRandom(2));
    expect(after.strokes.map(({ t }) => t)).toEqual(drawing.strokes.map(({ t }) => t));
  });
});

describe('noise', () => {
  it('has its deviation where there is room, and stays within 0 … 1', () => {
    const noisy = withNoise(new Float32Array(20_000).fill(0.5), 0.1, createRandom(1));
    const deviation = Math.sqrt(noisy.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / noisy.length);
    expect(deviation).toBeCloseTo(0.1, 2);
    const ink = withNoise(new Float32Array(100), 0.5, createRandom(1));
    expect(ink.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(ink.some((value) => value > 0)).toBe(true);
  });
});
