import { describe, expect, it } from 'vitest';
import { clipSmallContribution } from '../../src/regularisers/clip-small-contribution.js';
import { clipSmallNorm } from '../../src/regularisers/clip-small-norm.js';
import { applied, scattered } from './setting.js';

const shape = [1, 2, 2, 3] as const;
// Norms 5, 1, 10 and 2.
const picture = Float32Array.of(3, 4, 0, 1, 0, 0, 0, 6, 8, 0, 0, -2);
// Contributions −1, 5, 0 and −6.
const gradient = Float32Array.of(1, -1, 9, 5, 5, 5, 1, 0, 0, 1, 1, 3);

describe('clipping pixels of small norm', () => {
  it.each([
    [25, [3, 4, 0, 0, 0, 0, 0, 6, 8, 0, 0, -2]],
    [50, [3, 4, 0, 0, 0, 0, 0, 6, 8, 0, 0, 0]],
    [70, [0, 0, 0, 0, 0, 0, 0, 6, 8, 0, 0, 0]],
  ])('at %i percent blackens the shortest colours in all channels', (p, expected) => {
    expect([...applied(clipSmallNorm(p), picture, shape)]).toEqual(expected);
  });

  it('keeps what is at the threshold', () => {
    const even = Float32Array.of(3, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 7);
    expect(applied(clipSmallNorm(60), even, shape)).toEqual(even);
  });
});

describe('clipping pixels of small contribution', () => {
  it('keeps a pixel whose |Σ x · g| over the channels is large either way', () => {
    const changed = applied(clipSmallContribution(50), picture, shape, { gradient });
    expect([...changed]).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, -2]);
  });
});

describe('the threshold', () => {
  it.each([0, 10, 50, 90])('at %i percent takes that share of each picture', (p) => {
    const size = [2, 10, 10, 3] as const;
    const pictures = scattered(size);
    pictures.subarray(300).forEach((value, i) => {
      pictures[300 + i] = value * 50;
    });
    const gradients = scattered(size, 1, 2);
    for (const clip of [clipSmallNorm(p), clipSmallContribution(p)]) {
      const changed = applied(clip, pictures, size, { gradient: gradients });
      for (const n of [0, 1]) {
        const black = Array.from({ length: 100 }, (_, i) => changed.subarray(n * 300 + i * 3, n * 300 + i * 3 + 3)).filter((pixel) =>
          pixel.every((value) => value === 0),
        );
        expect(black).toHaveLength(p);
      }
    }
  });

  it('does not hide values that are not numbers, and is found among the others', () => {
    const broken = Float32Array.of(Number.NaN, 0, 0, 1, 0, 0, 0, 6, 8, 0, 0, 2);
    expect([...applied(clipSmallNorm(50), broken, shape)]).toEqual([Number.NaN, 0, 0, 0, 0, 0, 0, 6, 8, 0, 0, 0]);
  });
});
