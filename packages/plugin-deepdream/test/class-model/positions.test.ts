import { describe, expect, it } from 'vitest';
import { scoresAt, strongestClass } from '../../src/class-model/positions.js';

/** 2×3 positions of 2 classes; class 1 is strongest at the last but one. */
const map = { shape: [2, 3, 2] as const, data: Float32Array.of(1, 0, 2, 0, 3, 1, 4, 2, 5, 9, 6, 0) };

describe('scores of a map', () => {
  it('are the mean over positions', () => {
    expect([...scoresAt(map, 'mean', 0)]).toEqual([3.5, 2]);
  });

  it('are those in the middle, the lower right one of two', () => {
    expect([...scoresAt(map, 'centre', 0)]).toEqual([5, 9]);
    expect([...scoresAt({ shape: [1, 3, 1], data: Float32Array.of(1, 2, 3) }, 'centre', 0)]).toEqual([2]);
  });

  it('are those where the class in question is strongest, the first of equals', () => {
    expect([...scoresAt(map, 'max', 0)]).toEqual([6, 0]);
    expect([...scoresAt(map, 'max', 1)]).toEqual([5, 9]);
    expect([...scoresAt({ shape: [1, 2, 2], data: Float32Array.of(7, 1, 7, 2) }, 'max', 0)]).toEqual([7, 1]);
  });
});

it('finds the strongest class at what counts', () => {
  expect(strongestClass(map, 'mean')).toBe(0);
  expect(strongestClass(map, 'centre')).toBe(1);
  expect(strongestClass(map, 'max')).toBe(1);
});
