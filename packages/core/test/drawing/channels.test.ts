import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interleaved, partUnions, rasterise, strokeChannels, strokePlanes, unionCount, unionName } from '../../src/index.js';
import { anyDrawing, drawing, stroke } from './strokes.js';

const SIZE = [20, 24] as const;
const maximum = (...planes: readonly (Float32Array | undefined)[]) =>
  planes[0]?.map((_, i) => Math.max(...planes.map((plane) => plane?.[i] ?? Number.NaN)));

describe('channels', () => {
  it('are ordered by length, then start', () => {
    expect(partUnions(3).map(unionName)).toEqual(['1', '2', '3', '1+2', '2+3', '1+2+3']);
    expect(partUnions(1).map(unionName)).toEqual(['1']);
  });

  it.each([
    [1, 1],
    [2, 3],
    [3, 6],
    [4, 10],
    [5, 15],
  ])('of %i parts are %i', (parts, count) => {
    expect(unionCount(parts)).toBe(count);
    expect(partUnions(parts)).toHaveLength(count);
  });

  it('4 is 1 ∪ 2, 5 is 2 ∪ 3, and 6 is all of them and the whole drawing', () => {
    fc.assert(
      fc.property(anyDrawing(), fc.constantFrom('even', 'outline', 'adaptive'), (whole, split) => {
        const [one, two, three, four, five, six] = strokePlanes(whole, { size: SIZE, penWidth: 1.5, parts: 3, split });
        expect(four).toEqual(maximum(one, two));
        expect(five).toEqual(maximum(two, three));
        expect(six).toEqual(maximum(one, two, three));
        expect(six).toEqual(rasterise(whole, SIZE, 1.5));
      }),
      { numRuns: 40 },
    );
  });

  it('are the same with channels last', () => {
    fc.assert(
      fc.property(anyDrawing(), fc.integer({ min: 1, max: 5 }), (whole, parts) => {
        const options = { size: SIZE, penWidth: 1.5, parts };
        expect(strokeChannels(whole, options)).toEqual(interleaved(strokePlanes(whole, options)));
      }),
      { numRuns: 40 },
    );
  });

  it('keep the place of each part and are last in memory', () => {
    const whole = drawing(24, 20, stroke([2, 2], [6, 2]), stroke([2, 10], [6, 10]), stroke([2, 18], [6, 18]));
    const values = strokeChannels(whole, { size: SIZE, penWidth: 2, parts: 3 });
    expect(values).toHaveLength(20 * 24 * 6);
    const at = (y: number) => [...values.subarray((y * 24 + 4) * 6, (y * 24 + 5) * 6)];
    expect(at(2)).toEqual([1, 0, 0, 1, 0, 1]);
    expect(at(10)).toEqual([0, 1, 0, 1, 1, 1]);
    expect(at(17)).toEqual([0, 0, 1, 0, 1, 1]);
  });

  it('are empty where there are fewer strokes than parts', () => {
    const planes = strokePlanes(drawing(24, 20, stroke([2, 2], [6, 2])), { size: SIZE, penWidth: 2, parts: 3 });
    expect(planes.map((plane) => plane.some((ink) => ink > 0))).toEqual([false, false, true, false, true, true]);
  });
});
