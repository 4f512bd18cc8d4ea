import { createRandom, type Random } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { scratchExamples } from '../../src/transfer/examples.js';

const picture = Float32Array.from({ length: 8 * 8 * 2 }, (_, i) => i);
const given = { pictures: [picture], labels: [0], classes: ['a', 'b'], shape: [8, 8, 2] as const };

/** Draws what it is told to. */
const fixed = (uniform: number, ...integers: number[]): Random => {
  const left = [...integers];
  return { ...createRandom(0), uniform: () => uniform, integer: () => left.shift() ?? 0 };
};

const distorted = (augment: boolean, random: Random): Float32Array => {
  const target = new Float32Array(2 + picture.length);
  scratchExamples(given, augment).writeDistorted(0, random, target, 2);
  return target.subarray(2);
};

const at = (values: Float32Array, y: number, x: number): number => values[(y * 8 + x) * 2] ?? Number.NaN;

describe('scratchExamples', () => {
  it('writes pictures as they are', () => {
    expect(distorted(false, fixed(0.1, 1, 1))).toEqual(picture);
    expect(distorted(true, fixed(0.9, 0, 0))).toEqual(picture);
  });

  it('mirrors, and shifts down and to the right, repeating the edge', () => {
    const mirrored = distorted(true, fixed(0.1, 0, 0));
    for (let x = 0; x < 8; x++) expect(at(mirrored, 3, x)).toBe(at(picture, 3, 7 - x));
    const shifted = distorted(true, fixed(0.9, 1, 1));
    expect(at(shifted, 5, 4)).toBe(at(picture, 4, 3));
    expect(at(shifted, 0, 0)).toBe(at(picture, 0, 0));
    const both = distorted(true, fixed(0.1, 0, 1));
    expect(at(both, 2, 1)).toBe(at(picture, 2, 7));
    expect(at(both, 2, 2)).toBe(at(picture, 2, 6));
  });
});
