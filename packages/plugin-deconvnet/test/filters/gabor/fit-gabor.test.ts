import { createRandom } from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canBeFitted, fitGabor } from '../../../src/filters/gabor/fit-gabor.js';
import { type Gabor, gaborPlane } from '../../../src/filters/gabor/gabor.js';
import { gaborProblem, PARAMETERS } from '../../../src/filters/gabor/quadrature.js';

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Sizes and Gabors of which a good part is seen: within the kernel, with half a cycle under the envelope. */
const seen = fc
  .record({
    size: fc.tuple(fc.integer({ min: 9, max: 13 }), fc.integer({ min: 9, max: 13 })),
    orientation: between(0, Math.PI - 1e-6),
    frequency: between(0.1, 0.36),
    phase: between(-3.1, 3.1),
    sigmaX: between(1.3, 2.8),
    sigmaY: between(1.3, 2.8),
    amplitude: between(0.01, 5),
    offset: between(-1, 1),
    shift: fc.tuple(between(-1, 1), between(-1, 1)),
  })
  .map(({ size, shift, ...rest }): { readonly size: readonly [number, number]; readonly gabor: Gabor } => ({
    size,
    gabor: { ...rest, centre: [(size[1] - 1) / 2 + shift[0], (size[0] - 1) / 2 + shift[1]] },
  }));

/** Distance of two angles on a circle of this length. */
const apart = (a: number, b: number, turn: number): number => Math.abs(a - b - turn * Math.round((a - b) / turn));

function expectSame(found: Gabor, given: Gabor, tolerance: number): void {
  expect(apart(found.orientation, given.orientation, Math.PI)).toBeLessThan(tolerance);
  // Turned by π, the same wave has the opposite phase.
  const turned = Math.abs(found.orientation - given.orientation) > Math.PI / 2;
  expect(apart(found.phase, turned ? -given.phase : given.phase, 2 * Math.PI)).toBeLessThan(10 * tolerance);
  expect(Math.abs(found.frequency - given.frequency)).toBeLessThan(tolerance);
  expect(Math.abs(found.sigmaX - given.sigmaX)).toBeLessThan(10 * tolerance);
  expect(Math.abs(found.sigmaY - given.sigmaY)).toBeLessThan(10 * tolerance);
  expect(Math.hypot(found.centre[0] - given.centre[0], found.centre[1] - given.centre[1])).toBeLessThan(10 * tolerance);
  expect(Math.abs(found.amplitude / given.amplitude - 1)).toBeLessThan(10 * tolerance);
}

describe('the Gabor fit', () => {
  it('recovers every parameter of a Gabor', () => {
    fc.assert(
      fc.property(seen, ({ size, gabor }) => {
        const { gabor: found, r2, residual } = fitGabor(gaborPlane(gabor, size), size);
        expect(r2).toBeGreaterThan(1 - 1e-8);
        expect(residual).toBeLessThan(1e-4 * gabor.amplitude);
        expectSame(found, gabor, 1e-3);
        expect(Math.abs(found.offset - gabor.offset)).toBeLessThan(1e-3 * gabor.amplitude);
      }),
      { numRuns: 60 },
    );
  });

  it('recovers them through noise, and r² is one minus the share of the noise', () => {
    fc.assert(
      fc.property(seen, fc.integer({ min: 0, max: 1e6 }), ({ size, gabor }, seed) => {
        const clean = gaborPlane(gabor, size);
        const noise = createRandom(seed).fillNormal(new Float32Array(clean.length), 0, 0.05 * deviation(clean));
        const { gabor: found, r2 } = fitGabor(
          clean.map((value, i) => value + (noise[i] ?? 0)),
          size,
        );
        // Of a variance of 1.0025 the noise is 0.0025; the fit takes some of it.
        expect(r2).toBeGreaterThan(0.995);
        expect(r2).toBeLessThan(0.9999);
        expect(apart(found.orientation, gabor.orientation, Math.PI)).toBeLessThan(0.3);
        expect(Math.abs(found.frequency - gabor.frequency)).toBeLessThan(0.08);
      }),
      { numRuns: 40 },
    );
  });

  it('is that of a wave to the right and down for stripes that run up to the right', () => {
    // Equal along x + y = const.
    const plane = Float64Array.from({ length: 121 }, (_, i) => Math.cos((2 * Math.PI * ((i % 11) + Math.floor(i / 11) - 10)) / 8));
    const { gabor, r2 } = fitGabor(plane, [11, 11]);
    expect(r2).toBeGreaterThan(0.99);
    expect(gabor.orientation).toBeCloseTo(Math.PI / 4, 2);
    expect(gabor.frequency).toBeCloseTo(Math.SQRT2 / 8, 2);
  });

  it('turns with the plane: transposed, x and y change places', () => {
    fc.assert(
      fc.property(seen, ({ size: [height, width], gabor }) => {
        const plane = gaborPlane(gabor, [height, width]);
        const transposed = Float64Array.from({ length: plane.length }, (_, i) => plane[(i % height) * width + Math.floor(i / height)] ?? 0);
        const [one, other] = [fitGabor(plane, [height, width]).gabor, fitGabor(transposed, [width, height]).gabor];
        expect(apart(one.orientation + other.orientation, Math.PI / 2, Math.PI)).toBeLessThan(1e-3);
        expect(other.frequency).toBeCloseTo(one.frequency, 3);
        expect(other.sigmaX).toBeCloseTo(one.sigmaX, 2);
      }),
      { numRuns: 15 },
    );
  });

  it.each([
    ['zeros', 0],
    ['a constant', 0.3],
    ['a constant after rounding', Math.fround(-1 / 3)],
  ])('of %s has r² 0 and no NaN', (_, value) => {
    const { gabor, ...fit } = fitGabor(new Float32Array(25).fill(value), [5, 5]);
    expect(fit).toEqual({ r2: 0, adjustedR2: 0, residual: 0, unresolved: true });
    expect(gabor).toMatchObject({ amplitude: 0, frequency: 0, centre: [2, 2] });
    expect(gabor.offset).toBeCloseTo(value, 6);
  });

  it('is finite and within its ranges for any plane, also a single value', () => {
    const spike = Array.from({ length: 30 }, (_, i) => (i === 7 ? 1 : 0));
    const planes = fc.oneof(fc.constant(spike), fc.array(between(-1, 1), { minLength: 30, maxLength: 30 }));
    fc.assert(
      fc.property(planes, (plane) => {
        const { gabor, r2, adjustedR2, residual } = fitGabor(plane, [5, 6]);
        for (const value of [r2, adjustedR2, residual, ...Object.values(gabor).flat()]) expect(value).toSatisfy(Number.isFinite);
        expect(r2).toBeGreaterThanOrEqual(adjustedR2);
        expect(r2).toBeLessThanOrEqual(1);
        expect(gabor.orientation).toSatisfy((angle: number) => angle >= 0 && angle < Math.PI);
        const reach = gabor.frequency * Math.max(Math.abs(Math.cos(gabor.orientation)), Math.abs(Math.sin(gabor.orientation)));
        expect(reach).toBeLessThanOrEqual(0.5 + 1e-9);
        // What is reported is the function that was fitted.
        const fitted = gaborPlane(gabor, [5, 6]);
        const squared = plane.reduce((sum, value, i) => sum + (value - (fitted[i] ?? 0)) ** 2, 0) / plane.length;
        expect(Math.sqrt(squared)).toBeCloseTo(residual, 6);
      }),
      { numRuns: 25 },
    );
  });

  it('says nothing about kernels with no more values than parameters', () => {
    expect([canBeFitted([3, 3]), canBeFitted([1, 9]), canBeFitted([1, 1]), canBeFitted([4, 4])]).toEqual([false, false, false, true]);
  });
});

describe('the derivatives of the residuals', () => {
  it('are finite differences of them', () => {
    const parameters = fc.tuple(
      ...[between(-2, 2), between(-2, 2), between(-4, 4), between(0.1, 2.5), between(-0.5, 1.5), between(-0.5, 1.5)],
      ...[between(-2, 2), between(-2, 2), between(-1, 1)],
    );
    fc.assert(
      fc.property(parameters, (given) => {
        const problem = gaborProblem(new Float64Array(35), [7, 5]);
        const at = Float64Array.from(given);
        const [above, below, jacobian] = [new Float64Array(35), new Float64Array(35), new Float64Array(35 * PARAMETERS)];
        problem.evaluate(at, above, jacobian);
        for (let j = 0; j < PARAMETERS; j++) {
          const moved = (by: number) => at.map((value, k) => (k === j ? value + by : value));
          problem.evaluate(moved(1e-5), above);
          problem.evaluate(moved(-1e-5), below);
          for (let i = 0; i < 35; i++)
            expect(Math.abs(((above[i] ?? 0) - (below[i] ?? 0)) / 2e-5 - (jacobian[i * PARAMETERS + j] ?? Number.NaN))).toBeLessThan(1e-5);
        }
      }),
      { numRuns: 30 },
    );
  });
});

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
