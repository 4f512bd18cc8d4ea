import { strokeLength } from '@featurescope/core';
import { syntheticDrawing } from '@featurescope/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepCount, unfinishedOf } from '../../src/online/unfinished.js';
import { sketch, stroke } from '../support.js';

const lengthOf = (strokes: Parameters<typeof strokeLength>[0][]): number => strokes.reduce((sum, one) => sum + strokeLength(one), 0);

describe('unfinishedOf', () => {
  it('shows the strokes up to each, the last time the drawing itself', () => {
    const drawing = syntheticDrawing('strokes', 3);
    const steps = unfinishedOf(drawing, 'strokes');
    expect(steps.map((step) => step.drawing.strokes)).toEqual([1, 2, 3].map((n) => drawing.strokes.slice(0, n)));
    expect(steps.map(({ added }) => added)).toEqual(drawing.strokes.map((one) => [one]));
    expect(steps.map(({ fraction }) => fraction)).toEqual([1 / 3, 2 / 3, 1]);
    expect(steps.at(-1)?.drawing).toBe(drawing);
  });

  it('cuts the line into parts of equal length, whatever its strokes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 2, max: 25 }), fc.string(), (strokes, count, seed) => {
        const drawing = syntheticDrawing(seed, strokes);
        const all = lengthOf([...drawing.strokes]);
        const steps = unfinishedOf(drawing, count);
        expect(steps).toHaveLength(stepCount(drawing, count));
        expect(steps.at(-1)?.drawing).toBe(drawing);
        steps.forEach(({ drawing: now, added, fraction }, i) => {
          expect(fraction).toBeCloseTo((i + 1) / count, 12);
          expect(lengthOf([...now.strokes])).toBeCloseTo(all * fraction, 6);
          expect(lengthOf([...added])).toBeCloseTo(all / count, 6);
          expect([now.width, now.height]).toEqual([drawing.width, drawing.height]);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('cuts in the middle of a stroke, and keeps a dot to where it is made', () => {
    const drawing = sketch(stroke([0, 0], [60, 0]), stroke([5, 5]), stroke([0, 10], [40, 10]));
    const [half, whole] = unfinishedOf(drawing, 2);
    expect(half?.drawing.strokes.map(({ x }) => [...x])).toEqual([[0, 50]]);
    expect(whole?.added.map(({ x }) => [...x])).toEqual([[50, 60], [5], [0, 40]]);
  });

  it('counts dots where there is nothing else', () => {
    const steps = unfinishedOf(sketch(stroke([1, 1]), stroke([2, 2])), 2);
    expect(steps.map(({ drawing }) => drawing.strokes.length)).toEqual([1, 2]);
  });

  it('has steps for a drawing without strokes', () => {
    expect(unfinishedOf(sketch(), 'strokes')).toHaveLength(1);
    expect(unfinishedOf(sketch(), 3)).toHaveLength(stepCount(sketch(), 3));
  });
});
