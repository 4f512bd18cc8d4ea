import type { Extent, Layer, Network, Weight } from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passBytes } from '../../src/tiles/pass-bytes.js';
import { passBudget, tileForMemory } from '../../src/tiles/tile-for-memory.js';

const conv = (name: string, input: string, filters: number, stride: number): Layer => ({
  kind: 'conv',
  name,
  inputs: [input],
  kernelSize: [3, 3],
  filters,
  stride: [stride, stride],
  dilation: [1, 1],
  padding: { top: 1, left: 1, bottom: 1, right: 1 },
  groups: 1,
  bias: false,
});
const relu = (name: string, input: string): Layer => ({ kind: 'relu', name, inputs: [input] });
const pool = (name: string, input: string): Layer => ({
  kind: 'maxPool',
  name,
  inputs: [input],
  size: [2, 2],
  stride: [2, 2],
  padding: { top: 0, left: 0, bottom: 0, right: 0 },
  ceilMode: false,
});

const kernel = (inputs: number, filters: number): Weight => ({
  shape: [3, 3, inputs, filters],
  data: new Float32Array(9 * inputs * filters),
});

const network: Network = {
  input: { name: 'input', shape: [null, null, 3] },
  layers: [
    conv('conv1', 'input', 4, 1),
    relu('relu1', 'conv1'),
    pool('pool1', 'relu1'),
    conv('conv2', 'pool1', 8, 1),
    relu('relu2', 'conv2'),
  ],
  outputs: ['relu2'],
  weights: new Map([
    ['conv1/kernel', kernel(3, 4)],
    ['conv2/kernel', kernel(4, 8)],
  ]),
};

describe('the memory of a pass', () => {
  it('is that of the input, the kept maps and the layer at work, twice, and of nine copies of the weights', () => {
    const input = 8 * 8 * 3 * 4;
    const map = 8 * 8 * 4 * 4;
    const weights = 9 * 432 + 1152;
    // At the ReLU: the input and its own output kept; signal, mask and product; the seed.
    expect(passBytes(network, [8, 8, 3], ['relu1'])).toBe(2 * (input + map + 3 * map + map) + weights);
    // At the last ReLU: the first one's output, the pool's and its 64-bit switches are kept as well.
    const pooled = map / 4;
    const last = map / 2;
    const kept = input + map + 3 * pooled + last;
    expect(passBytes(network, [8, 8, 3], ['relu2'])).toBe(2 * (kept + 3 * last + last) + 9 * (432 + 1152));
  });

  it('is no less for two layers than for one of them, and no more than for a pass to each', () => {
    const [first, second, both] = [['relu1'], ['relu2'], ['relu1', 'relu2']].map((layers) => passBytes(network, [64, 64, 3], layers));
    expect(both).toBeGreaterThanOrEqual(Math.max(first ?? 0, second ?? 0));
    expect(both).toBeLessThan((first ?? 0) + (second ?? 0));
  });

  it('grows in proportion to the area of the picture', () => {
    const fixed = 9 * (432 + 1152);
    const at = (size: Extent) => passBytes(network, [...size, 3], ['relu2']) - fixed;
    expect(at([64, 128])).toBe(8 * at([32, 32]));
  });

  it('is refused for a picture that is too small for the layers', () => {
    expect(() => passBytes(network, [1, 1, 3], ['relu2'])).toThrow(expect.objectContaining({ category: 'usage' }));
  });
});

describe('the tile for an amount of memory', () => {
  const sides = fc.integer({ min: 8, max: 3000 });
  const bytesOf = (size: Extent) => passBytes(network, [...size, 3], ['relu2']);
  const choose = (budget: number, full: Extent, minimum: Extent = [8, 8], multiple = 8) =>
    tileForMemory(network, ['relu2'], 3, budget, full, minimum, multiple);

  it('is the largest one that fits, or none where the whole picture does', () => {
    fc.assert(
      fc.property(sides, sides, fc.double({ min: 0.001, max: 2, noNaN: true }), (height, width, part) => {
        const full: Extent = [height, width];
        const overhead = 1 - passBudget(1, full, 3);
        const budget = overhead + part * bytesOf(full);
        const tile = choose(budget, full);
        if (tile === undefined) {
          expect(bytesOf(full)).toBeLessThanOrEqual(budget - overhead);
          return;
        }
        expect(bytesOf(full)).toBeGreaterThan(budget - overhead);
        expect(tile[0] % 8 === 0 || tile[0] === height).toBe(true);
        expect(tile[1] % 8 === 0 || tile[1] === width).toBe(true);
        const isLeast = Math.max(...tile) <= 8;
        if (!isLeast) expect(bytesOf(tile)).toBeLessThanOrEqual(budget - overhead);
        const larger: Extent = [Math.min(Math.max(...tile) + 8, height), Math.min(Math.max(...tile) + 8, width)];
        expect(bytesOf(larger)).toBeGreaterThan(budget - overhead);
      }),
    );
  });

  it('is square, unless the picture is narrower', () => {
    const budget = (full: Extent, size: Extent) => 1 - passBudget(1, full, 3) + bytesOf(size);
    expect(choose(budget([2000, 1500], [512, 512]), [2000, 1500])).toEqual([512, 512]);
    expect(choose(budget([100, 4000], [100, 1000]), [100, 4000])).toEqual([100, 1000]);
  });

  it('is never smaller than the minimum, whatever the memory', () => {
    expect(choose(1, [500, 500], [100, 60], 32)).toEqual([128, 64]);
    expect(choose(1, [500, 120], [100, 128], 32)).toEqual([128, 120]);
    expect(choose(1, [50, 50], [100, 100], 32)).toBeUndefined();
  });

  it('leaves room for the process and three copies of the picture', () => {
    expect(passBudget(1e9, [1000, 500], 3)).toBe(1e9 - 300e6 - 18e6);
  });
});
