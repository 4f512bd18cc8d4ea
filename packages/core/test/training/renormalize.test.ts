import { renormalizedLayers, renormalizeFilters } from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const rms = (kernel: Float32Array, filters: number, filter: number): number => {
  const taps = [...kernel].filter((_, i) => i % filters === filter);
  return Math.sqrt(taps.reduce((sum, tap) => sum + tap * tap, 0) / taps.length);
};

describe('renormalizeFilters', () => {
  it('scales a filter whose root mean square is too large down to the radius, and leaves the others', () => {
    const kernel = Float32Array.of(3, 0.05, -4, 0.02);
    renormalizeFilters(kernel, 2, 0.1);
    const factor = 0.1 / Math.sqrt(12.5);
    expect(kernel[0]).toBeCloseTo(3 * factor, 6);
    expect(kernel[2]).toBeCloseTo(-4 * factor, 6);
    expect([kernel[1], kernel[3]]).toEqual([Math.fround(0.05), Math.fround(0.02)]);
  });

  it('leaves no filter beyond the radius', () => {
    const values = fc.float({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(values, { minLength: 4, maxLength: 4 }),
        fc.double({ min: 0.01, max: 5, noNaN: true }),
        (filters, taps, radius) => {
          const kernel = Float32Array.from({ length: 4 * filters }, (_, i) => taps[i % 4] ?? 0);
          renormalizeFilters(kernel, filters, radius);
          for (let f = 0; f < filters; f++) expect(rms(kernel, filters, f)).toBeLessThanOrEqual(radius * (1 + 1e-5));
        },
      ),
    );
  });

  it('is for the first convolution or all of them', () => {
    const conv = {
      kind: 'conv',
      kernelSize: [1, 1],
      filters: 1,
      stride: [1, 1],
      dilation: [1, 1],
      padding: 'same',
      groups: 1,
      bias: true,
    } as const;
    const network = {
      input: { name: 'x', shape: [2, 2, 1] as const },
      layers: [
        { ...conv, name: 'a', inputs: ['x'] },
        { kind: 'relu', name: 'r', inputs: ['a'] } as const,
        { ...conv, name: 'b', inputs: ['r'] },
      ],
      outputs: ['b'],
      weights: new Map(),
    };
    expect(renormalizedLayers(network, 'first')).toEqual(['a']);
    expect(renormalizedLayers(network, 'all')).toEqual(['a', 'b']);
  });
});
