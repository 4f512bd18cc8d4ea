import '@tensorflow/tfjs';
import { createRandom } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { startPicture } from '../../src/invert/start.js';
import { RMS } from './reference.js';
import { SPEC } from './support.js';

describe('what an inversion starts from', () => {
  const shape = [1, 9, 8, 3] as const;
  const made = (start: 'gaussian' | 'uniform' | 'flat', startDeviation = RMS) =>
    startPicture({ start, startDeviation }, SPEC, shape, createRandom(2)).data;
  const std = [60, 40, 80];

  it('is gaussian noise of exactly the root mean square of natural pictures, or another', () => {
    for (const deviation of [RMS, 10]) {
      const levels = [...made('gaussian', deviation)].map((value, i) => value * (std[i % 3] ?? 1));
      expect(Math.sqrt(levels.reduce((sum, value) => sum + value * value, 0) / levels.length)).toBeCloseTo(deviation, 3);
    }
  });

  it('is uniform noise over the pixel range, or the mean picture', () => {
    const pixels = [...made('uniform')].map((value, i) => value * (std[i % 3] ?? 1) + ([120, 110, 100][i % 3] ?? 0));
    expect(Math.min(...pixels)).toBeGreaterThanOrEqual(-1e-3);
    expect(Math.max(...pixels)).toBeLessThanOrEqual(255.001);
    expect(Math.max(...pixels) - Math.min(...pixels)).toBeGreaterThan(200);
    expect(new Set(made('flat'))).toEqual(new Set([0]));
  });
});
