import '@tensorflow/tfjs';
import { createRandom, dot, rowOf } from '@featurescope/core';
import fc from 'fast-check';
import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { semidefiniteFactor } from '../../src/algebra/matrices.js';
import { principalComponents } from '../../src/algebra/principal-components.js';

const normals = (n: number, seed: number): Float64Array => {
  const random = createRandom(seed);
  return Float64Array.from({ length: n }, () => random.normal());
};

describe('semidefiniteFactor', () => {
  it('gives M back with as many columns as M has rank', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.integer(), (d, r, seed) => {
        const rank = Math.min(d, r);
        const root = Matrix.from1DArray(d, rank, normals(d * rank, seed));
        const matrix = root.mmul(root.transpose());
        const factor = semidefiniteFactor(matrix);
        expect(factor.columns).toBe(rank);
        expect(Matrix.sub(factor.mmul(factor.transpose()), matrix).norm()).toBeLessThan(1e-9 * (1 + matrix.norm()));
      }),
      { numRuns: 40 },
    );
  });

  it('gives no column for zeros', () => {
    expect(semidefiniteFactor(Matrix.zeros(3, 3)).columns).toBe(0);
  });
});

describe('principalComponents', () => {
  it('finds the directions of a flat cloud: (1, 1) before (1, −1)', () => {
    const data = new Float64Array([3, 3, -3, -3, 1, -1, -1, 1].map((v, i) => v + (i % 2 === 0 ? 10 : 20)));
    const { mean, directions, variances } = principalComponents({ columns: 2, data }, 2);
    expect([...mean]).toEqual([10, 20]);
    expect(variances[0]).toBeCloseTo(9, 10);
    expect(variances[1]).toBeCloseTo(1, 10);
    expect(Math.abs((directions.data[0] ?? 0) + (directions.data[1] ?? 0))).toBeCloseTo(Math.SQRT2, 10);
    expect((directions.data[2] ?? 0) + (directions.data[3] ?? 0)).toBeCloseTo(0, 10);
  });

  it('finds the same from the Gram matrix, when there are fewer samples than columns', () => {
    const data = normals(5 * 8, 7);
    const wide = principalComponents({ columns: 8, data }, 8);
    expect(wide.variances.length).toBe(4);
    // Repeating all samples changes neither mean nor covariance, but there are then more samples than columns.
    const tall = principalComponents({ columns: 8, data: Float64Array.from([...data, ...data]) }, 4);
    wide.variances.forEach((v, i) => {
      expect(v).toBeCloseTo(tall.variances[i] ?? 0, 9);
      expect(Math.abs(dot(rowOf(wide.directions, i), rowOf(tall.directions, i)))).toBeCloseTo(1, 9);
    });
  });
});
