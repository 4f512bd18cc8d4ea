import { createRandom } from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { luminancePlane, principalPlane } from '../../../src/filters/gabor/plane.js';

const numbers = (length: number, seed = 1) => createRandom(seed).fillNormal(new Float32Array(length), 0, 1);

/** Variance over space of Σ_c d_c w_c, with d of unit length. */
function varianceAlong(values: ArrayLike<number>, direction: readonly number[]): number {
  const [channels, length] = [direction.length, Math.hypot(...direction)];
  const places = values.length / channels;
  const plane = Array.from({ length: places }, (_, i) =>
    direction.reduce((sum, weight, c) => sum + ((values[i * channels + c] ?? 0) * weight) / length, 0),
  );
  const mean = plane.reduce((sum, value) => sum + value, 0) / places;
  return plane.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

describe('the plane of a filter', () => {
  it('is its shape, where all channels share one and each has a mean of its own', () => {
    const shape = numbers(49);
    const [weights, means] = [
      [0.2, 0.9, -0.4],
      [5, -3, 1],
    ] as const;
    const values = Float64Array.from(
      { length: 147 },
      (_, i) => (weights[i % 3] ?? 0) * (shape[Math.floor(i / 3)] ?? 0) + (means[i % 3] ?? 0),
    );
    const plane = principalPlane(values, 3);
    expect(plane.share).toBeCloseTo(1, 9);
    const constant = (plane.values[0] ?? 0) - Math.hypot(...weights) * (shape[0] ?? 0);
    for (let i = 0; i < 49; i++) expect(plane.values[i]).toBeCloseTo(Math.hypot(...weights) * (shape[i] ?? 0) + constant, 6);
  });

  it('varies more than along any other direction', () => {
    const direction = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 50 }),
        direction.filter((d) => Math.hypot(...d) > 0.1),
        (seed, other) => {
          const values = numbers(100, seed);
          const { values: plane, share } = principalPlane(values, 4);
          const found = varianceAlong(plane, [1]);
          expect(found).toBeGreaterThanOrEqual(varianceAlong(values, other) * (1 - 1e-6));
          const whole = [0, 1, 2, 3].reduce(
            (sum, c) =>
              sum +
              varianceAlong(
                values,
                [0, 1, 2, 3].map((k) => (k === c ? 1 : 0)),
              ),
            0,
          );
          expect(share).toBeCloseTo(found / whole, 9);
        },
      ),
    );
  });

  it('has a sign: bright is bright', () => {
    const shape = numbers(25);
    const spread = Float64Array.from({ length: 75 }, (_, i) => 0.3 * (shape[Math.floor(i / 3)] ?? 0));
    const plane = principalPlane(spread, 3).values;
    for (let i = 0; i < 25; i++) expect(plane[i]).toBeCloseTo(0.3 * Math.sqrt(3) * (shape[i] ?? 0), 6);
  });

  it('of one channel is that channel, and a constant one has no share', () => {
    expect(Array.from(principalPlane([1, -2, 3, 4], 1).values)).toEqual([1, -2, 3, 4]);
    expect(principalPlane([1, 2, 1, 2, 1, 2], 2).share).toBe(0);
    expect(principalPlane(new Float32Array(6), 2).values).toEqual(new Float64Array(3));
  });

  it('of luminance weighs green most, in either order of the channels', () => {
    const length = Math.hypot(0.299, 0.587, 0.114);
    expect(luminancePlane([1, 0, 0, 0, 1, 0, 0, 0, 1], 'rgb').values).toEqual(
      Float64Array.of(0.299 / length, 0.587 / length, 0.114 / length),
    );
    expect(luminancePlane([1, 0, 0, 0, 1, 0, 0, 0, 1], 'bgr').values).toEqual(
      Float64Array.of(0.114 / length, 0.587 / length, 0.299 / length),
    );
  });
});
