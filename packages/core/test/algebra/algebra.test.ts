import '@tensorflow/tfjs';
import { createRandom, minimise, plainProduct, tensorProduct } from '@featurescope/core';
import { memory } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const normals = (n: number, seed: number): Float64Array => {
  const random = createRandom(seed);
  return Float64Array.from({ length: n }, () => random.normal());
};

describe('plainProduct', () => {
  it('is the sum of products that defines it, transposed or not', () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(size, size, size, fc.constantFrom('none', 'a', 'b'), (m, k, n, transposed) => {
        const [a, b] = [normals(m * k, 1), normals(k * n, 2)];
        const left = (i: number, p: number) => a[transposed === 'a' ? p * m + i : i * k + p] ?? Number.NaN;
        const right = (p: number, j: number) => b[transposed === 'b' ? j * k + p : p * n + j] ?? Number.NaN;
        const out = plainProduct(a, b, { m, k, n, transposeA: transposed === 'a', transposeB: transposed === 'b' });
        expect(out.length).toBe(m * n);
        for (let i = 0; i < m; i++)
          for (let j = 0; j < n; j++) {
            const sum = Array.from({ length: k }, (_, p) => left(i, p) * right(p, j)).reduce((total, value) => total + value, 0);
            expect(out[i * n + j]).toBeCloseTo(sum, 10);
          }
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
