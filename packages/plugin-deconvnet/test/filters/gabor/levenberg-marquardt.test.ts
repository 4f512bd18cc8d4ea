import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LeastSquares, levenbergMarquardt } from '../../../src/filters/gabor/levenberg-marquardt.js';
import { solvePositive } from '../../../src/filters/gabor/solve-positive.js';

/** Rosenbrock's valley as residuals 10 (y − x²) and 1 − x; its minimum is at 1, 1. */
const valley = (low: readonly number[], high: readonly number[]): LeastSquares => ({
  parameters: 2,
  residuals: 2,
  bounds: () => ({ low, high }),
  evaluate([x = 0, y = 0], residuals, jacobian) {
    residuals.set([10 * (y - x * x), 1 - x]);
    jacobian?.set([-20 * x, 10, -1, 0]);
  },
});

const FREE = [
  [-1e9, -1e9],
  [1e9, 1e9],
] as const;

describe('the method of Levenberg and Marquardt', () => {
  it('goes down a bent valley', () => {
    const { parameters, error } = levenbergMarquardt(valley(...FREE), Float64Array.of(-1.2, 1));
    expect(Array.from(parameters)).toEqual([expect.closeTo(1, 6), expect.closeTo(1, 6)]);
    expect(error).toBeLessThan(1e-12);
  });

  it('stops at a bound, and goes on along it', () => {
    const { parameters } = levenbergMarquardt(valley([-2, -2], [0.5, 2]), Float64Array.of(-1.2, 1));
    // With x held at ½, y = x².
    expect(Array.from(parameters)).toEqual([0.5, expect.closeTo(0.25, 6)]);
  });

  it('never ends higher than it starts', () => {
    const start = fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: -5, max: 5, noNaN: true }));
    fc.assert(
      fc.property(start, fc.integer({ min: 0, max: 4 }), ([x, y], iterations) => {
        const before = (10 * (y - x * x)) ** 2 + (1 - x) ** 2;
        expect(levenbergMarquardt(valley(...FREE), Float64Array.of(x, y), iterations).error).toBeLessThanOrEqual(before);
      }),
    );
  });

  it('solves positive definite equations, and refuses others', () => {
    const number = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 9, maxLength: 9 }), fc.array(number, { minLength: 3, maxLength: 3 }), (root, right) => {
        // R Rᵀ + 1 is positive definite.
        const matrix = Float64Array.from({ length: 9 }, (_, i) => {
          const [row, column] = [Math.floor(i / 3), i % 3];
          return (row === column ? 1 : 0) + [0, 1, 2].reduce((sum, k) => sum + (root[row * 3 + k] ?? 0) * (root[column * 3 + k] ?? 0), 0);
        });
        const solution = solvePositive(matrix, Float64Array.from(right)) ?? [];
        right.forEach((value, row) => {
          expect([0, 1, 2].reduce((sum, k) => sum + (matrix[row * 3 + k] ?? 0) * (solution[k] ?? Number.NaN), 0)).toBeCloseTo(value, 8);
        });
      }),
    );
    expect(solvePositive(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1))).toBeUndefined();
  });
});
