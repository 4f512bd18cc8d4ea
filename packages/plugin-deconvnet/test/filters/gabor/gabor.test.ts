import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandwidth, canonical, type Gabor, gaborAt } from '../../../src/filters/gabor/gabor.js';

const WAVE: Gabor = {
  orientation: 0,
  frequency: 0.25,
  phase: 0,
  sigmaX: 2,
  sigmaY: 1,
  amplitude: 3,
  centre: [1, 2],
  offset: 0.5,
};

describe('a Gabor', () => {
  it('has the values worked out by hand', () => {
    expect(gaborAt(WAVE, 1, 2)).toBeCloseTo(3.5);
    // A quarter of a cycle on, the wave is 0; half a cycle on, it is −1 under exp(−½ (2 / 2)²).
    expect(gaborAt(WAVE, 2, 2)).toBeCloseTo(0.5);
    expect(gaborAt(WAVE, 3, 2)).toBeCloseTo(0.5 - 3 * Math.exp(-0.5));
    // Across the wave only the envelope falls.
    expect(gaborAt(WAVE, 1, 4)).toBeCloseTo(0.5 + 3 * Math.exp(-2));
    // Turned by a right angle the wave goes down.
    expect(gaborAt({ ...WAVE, orientation: Math.PI / 2 }, 1, 4)).toBeCloseTo(0.5 - 3 * Math.exp(-0.5));
    // A phase of a right angle makes an odd wave, negative ahead.
    expect(gaborAt({ ...WAVE, phase: Math.PI / 2 }, 2, 2)).toBeCloseTo(0.5 - 3 * Math.exp(-0.125));
  });

  it('is the same function in its canonical form', () => {
    const angle = fc.double({ min: -20, max: 20, noNaN: true });
    const place = fc.double({ min: -3, max: 6, noNaN: true });
    fc.assert(
      fc.property(angle, angle, fc.double({ min: -3, max: 3, noNaN: true }), place, place, (orientation, phase, amplitude, x, y) => {
        const given = { ...WAVE, orientation, phase, amplitude };
        const found = canonical(given);
        expect(gaborAt(found, x, y)).toBeCloseTo(gaborAt(given, x, y), 9);
        expect(found.orientation).toSatisfy((value: number) => value >= 0 && value < Math.PI);
        expect(found.phase).toSatisfy((value: number) => value > -Math.PI && value <= Math.PI);
        expect(found.amplitude).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('keeps its canonical ranges at their ends', () => {
    expect(canonical({ ...WAVE, orientation: Math.PI, phase: 1 })).toMatchObject({ orientation: 0, phase: -1 });
    expect(canonical({ ...WAVE, orientation: -1e-20, phase: 1 })).toMatchObject({ orientation: 0, phase: 1 });
    expect(canonical({ ...WAVE, orientation: -Number.MIN_VALUE }).orientation).toBe(0);
    expect(canonical({ ...WAVE, phase: -Math.PI })).toMatchObject({ phase: Math.PI });
  });

  it('answers half as strongly at the ends of its band', () => {
    const octaves = bandwidth(WAVE) ?? Number.NaN;
    // The envelope's Fourier transform is exp(−2 π² σ² Δf²).
    const reach = Math.sqrt(Math.LN2 / 2) / (Math.PI * WAVE.sigmaX);
    expect(Math.exp(-2 * (Math.PI * WAVE.sigmaX * reach) ** 2)).toBeCloseTo(0.5);
    expect(2 ** octaves).toBeCloseTo((0.25 + reach) / (0.25 - reach));
    expect(bandwidth({ frequency: 0.05, sigmaX: 1 })).toBeUndefined();
  });
});
