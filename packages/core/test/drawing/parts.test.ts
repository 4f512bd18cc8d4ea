import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenParts, strokeParts } from '../../src/index.js';
import { anyDrawing, drawing, stroke } from './strokes.js';

describe('even parts', () => {
  it.each([
    [7, 3, [0, 0, 1, 1, 2, 2, 2]],
    [6, 3, [0, 0, 1, 1, 2, 2]],
    [2, 3, [1, 2]],
    [1, 3, [2]],
    [5, 1, [0, 0, 0, 0, 0]],
    [11, 4, [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]],
  ])('of %i strokes, cut at ⌊i·n/%i⌋', (strokes, parts, expected) => {
    expect([...evenParts(strokes, parts)]).toEqual(expected);
  });
});

describe('an outline-biased split', () => {
  // Scores ½·length/40 + ½·(1 − i/4): 0.525, 0.875, 0.375, 0.25, 0.0625 + … of lengths 2, 40, 10, 10, 30.
  const strokes = [2, 40, 10, 10, 30].map((length, i) => stroke([0, i], [length, i]));

  it('puts the long and early strokes first, and the others in their order', () => {
    expect([...strokeParts(drawing(50, 50, ...strokes), 3, 'outline')]).toEqual([0, 0, 1, 2, 2]);
  });

  it('takes a long stroke of the end before short ones of the middle', () => {
    const late = [2, 4, 2, 2, 40].map((length, i) => stroke([0, i], [length, i]));
    expect([...strokeParts(drawing(50, 50, ...late), 3, 'outline')]).toEqual([0, 1, 2, 2, 0]);
  });
});

describe('a detail-adaptive split', () => {
  it('gives a stroke of many bends a part of its own', () => {
    const zigzag = stroke(...Array.from({ length: 9 }, (_, i) => [i * 5, i % 2 === 0 ? 0 : 20] as const));
    const line = (y: number) => stroke([0, y], [20, y], [40, y]);
    expect([...strokeParts(drawing(50, 50, zigzag, line(1), line(2), line(3), line(4)), 2, 'adaptive')]).toEqual([0, 1, 1, 1, 1]);
    expect([...strokeParts(drawing(50, 50, line(1), line(2), line(3), line(4)), 2, 'adaptive')]).toEqual([0, 0, 1, 1]);
  });
});

describe('every split', () => {
  it.each(['even', 'outline', 'adaptive'] as const)('%s gives each stroke a part that exists', (split) => {
    fc.assert(
      fc.property(anyDrawing(12), fc.integer({ min: 1, max: 5 }), (whole, parts) => {
        const part = [...strokeParts(whole, parts, split)];
        expect(part).toHaveLength(whole.strokes.length);
        expect(part.every((one) => one >= 0 && one < parts)).toBe(true);
        const later = split === 'outline' ? part.filter((one) => one > 0) : part;
        expect(later).toEqual([...later].sort((a, b) => a - b));
        const sizes = Array.from({ length: parts }, (_, i) => part.filter((one) => one === i).length);
        if (split === 'even') expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        if (split === 'outline' && parts > 1) expect(sizes[0]).toBe(Math.ceil(part.length / parts));
      }),
      { numRuns: 60 },
    );
  });
});
