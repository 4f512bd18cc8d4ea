import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removalCount, removalOrder, removeStrokes } from '../../src/augmentation/remove-strokes.js';
import { sketch, stroke } from '../support.js';

/** Strokes of given lengths. */
const ofLengths = (lengths: readonly number[]) => sketch(...lengths.map((length, i) => stroke([0, i], [length, i])));

describe('the number of strokes that go', () => {
  it.each([
    [0.3, 10, 3],
    [0.25, 10, 3],
    [0.6, 2, 1],
    [1, 7, 6],
    [0.1, 4, 0],
    [0.5, 1, 0],
    [0, 9, 0],
  ])('for a share of %d of %i is %i', (ratio, strokes, count) => {
    expect(removalCount(ratio, strokes)).toBe(count);
  });

  it('is min(round(ρn), n − 1), and so many go', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 60 }), (ratio, strokes) => {
        const left = removeStrokes(ofLengths(Array.from({ length: strokes }, (_, i) => 10 + i)), { ratio }).strokes.length;
        expect(strokes - left).toBe(Math.min(Math.round(ratio * strokes), strokes - 1));
      }),
    );
  });
});

describe('the order in which strokes go', () => {
  it('is that of exp(α·o)/exp(β·l) where nothing underflows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (lengths, alpha, beta) => {
          const chances = lengths.map((length, i) => Math.exp(alpha * (i + 1)) / Math.exp(beta * length));
          const order = removalOrder(ofLengths(lengths), { alpha, beta });
          const ranked = order.map((i) => chances[i] ?? Number.NaN);
          ranked.slice(1).forEach((chance, i) => {
            expect(chance).toBeLessThanOrEqual((ranked[i] ?? Number.NaN) * (1 + 1e-9));
          });
          expect([...order].sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
        },
      ),
    );
  });

  it('still tells strokes apart whose exponentials are all 0', () => {
    expect(Math.exp(0.5) / Math.exp(2 * 700)).toBe(0);
    expect(removalOrder(ofLengths([900, 700, 800]))).toEqual([1, 2, 0]);
  });

  it('puts later strokes before earlier ones of the same length, and short ones before all with a small unit', () => {
    expect(removalOrder(ofLengths([50, 50, 50]))).toEqual([2, 1, 0]);
    expect(removalOrder(ofLengths([50, 60, 70]))).toEqual([0, 1, 2]);
    expect(removalOrder(ofLengths([50, 60, 70]), { lengthUnit: 800 })).toEqual([2, 1, 0]);
    expect(removalOrder(ofLengths([50, 60, 70]), { beta: 0 })).toEqual([2, 1, 0]);
  });

  it('measures through the ends of curves, in pixels of a canvas of 800', () => {
    const bent = { ...stroke([0, 0], [50, 90], [100, 0]), knots: [0, 2] };
    expect(removalOrder(sketch(stroke([0, 1], [110, 1]), bent), { alpha: 0 })).toEqual([1, 0]);
    const tiny = { width: 8, height: 8, strokes: [stroke([0, 0], [0.5, 0]), stroke([0, 0], [0.502, 0])] };
    // 50 and 50.2 pixels: 2 · 0.2 is less than half a place in the order.
    expect(removalOrder(tiny)).toEqual([1, 0]);
  });
});
