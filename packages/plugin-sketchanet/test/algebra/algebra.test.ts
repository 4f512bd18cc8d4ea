import '@tensorflow/tfjs';
import { createRandom } from '@featurescope/core';
import { memory } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { semidefiniteFactor } from '../../src/algebra/matrices.js';
import { minimise } from '../../src/algebra/minimise.js';
import { principalComponents } from '../../src/algebra/principal-components.js';
import { plainProduct, tensorProduct } from '../../src/algebra/product.js';
import { dot, rowOf } from '../../src/algebra/rows.js';

const normals = (n: number, seed: number): Float64Array => {
  const random = createRandom(seed);
  return Float64Array.from({ length: n }, () => random.normal());
};

describe('plainProduct', () => {
  it('equals the product of the matrix library, transposed or not', () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(size, size, size, fc.constantFrom('none', 'a', 'b'), (m, k, n, transposed) => {
        const [a, b] = [normals(m * k, 1), normals(k * n, 2)];
        const left = transposed === 'a' ? Matrix.from1DArray(k, m, a).transpose() : Matrix.from1DArray(m, k, a);
        const right = transposed === 'b' ? Matrix.from1DArray(n, k, b).transpose() : Matrix.from1DArray(k, n, b);
        const out = plainProduct(a, b, { m, k, n, transposeA: transposed === 'a', transposeB: transposed === 'b' });
        const expected = left.mmul(right).to1DArray();
        for (let i = 0; i < out.length; i++) expect(out[i]).toBeCloseTo(expected[i] ?? 0, 10);
      }),
      { numRuns: 60 },
    );
  });

  it('is what the tensors give, which leave nothing behind', () => {
    const [a, b] = [Float32Array.from(normals(5 * 3, 3)), Float32Array.from(normals(3 * 4, 4))];
    const before = memory().numTensors;
    for (const shape of [
      { m: 5, k: 3, n: 4 },
      { m: 3, k: 5, n: 2, transposeA: true },
      { m: 5, k: 3, n: 4, transposeB: true },
    ]) {
      const right = shape.transposeA ? a.slice(0, 10) : b;
      const [plain, tensor] = [plainProduct(a, right, shape), tensorProduct(a, right, shape)];
      expect(tensor.length).toBe(plain.length);
      plain.forEach((value, i) => {
        expect(tensor[i]).toBeCloseTo(value, 5);
      });
    }
    expect(memory().numTensors).toBe(before);
  });
});

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

describe('minimise', () => {
  it("finds the minimum of Rosenbrock's valley at (1, 1) without ever rising", () => {
    const accepted: number[] = [];
    const f = (p: Float64Array) => {
      const [x = 0, y = 0] = p;
      return {
        value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
        gradient: Float64Array.of(2 * (x - 1) - 400 * x * (y - x * x), 200 * (y - x * x)),
      };
    };
    for (let iterations = 0; iterations < 60; iterations += 5)
      accepted.push(minimise(f, Float64Array.of(-1.2, 1), { iterations, tolerance: 1e-9 }).value);
    const { x, converged } = minimise(f, Float64Array.of(-1.2, 1), { iterations: 200, tolerance: 1e-9 });
    expect(converged).toBe(true);
    expect(x[0]).toBeCloseTo(1, 8);
    expect(x[1]).toBeCloseTo(1, 8);
    for (let i = 1; i < accepted.length; i++) expect(accepted[i]).toBeLessThanOrEqual(accepted[i - 1] ?? 0);
  });
});
