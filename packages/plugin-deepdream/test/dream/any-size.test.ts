import '@tensorflow/tfjs';
import { arrayInput } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { conv, dense, maxPool, type Row, relu } from '../../../core/src/testing/conformance/table.js';
import {
  chain,
  doubles,
  events,
  type Given,
  handGradient,
  modelOf,
  relativeError,
  seriesOf,
  tensorOf,
  warningsOf,
  wavy,
} from './support.js';

const flatten: Row = { kind: 'flatten', order: 'hwc' };

/** A classifier of 12×10 pictures whose first dense layer sees a whole map. */
const network = () =>
  chain(
    [conv(3, 4, { name: 'conv' }), relu(), maxPool(2, 2), flatten, dense(6, { name: 'fc1' }), relu(), dense(3, { name: 'fc2' })],
    [12, 10, 3],
  );
const classifier = () => modelOf(network(), { size: [12, 10], channels: 3, fixedSize: true });

const quiet: Given = { octaves: 1, jitter: 0, stepRule: 'fixed', step: 1e-3, clamp: false, frameEvery: 0 };

const run = async (given: Given, height: number, width: number) => {
  const model = await classifier();
  try {
    return await events(model, given, { inputs: [arrayInput('array', [height, width, 3], wavy(height * width * 3))] });
  } finally {
    model.dispose();
  }
};

describe('a network with dense layers', () => {
  it('dreams at its own size with the numbers of double precision', async () => {
    const values = wavy(12 * 10 * 3);
    const all = await run({ ...quiet, layers: ['fc2'], iterations: 1 }, 12, 10);
    const { gradient, value } = handGradient(network(), doubles([1, 12, 10, 3], values), [{ layer: 'fc2', form: 'squares', weight: 1 }]);
    expect(seriesOf(all, 'objective')[0]).toBeCloseTo(value, 4);
    const expected = Float64Array.from(values, (x, i) => x + 1e-3 * (gradient[i] ?? Number.NaN));
    expect(relativeError(tensorOf(all).data, expected, values)).toBeLessThan(1e-3);
  });

  it('sees a larger picture as the sum of the windows it sees at its own size', async () => {
    const [height, width] = [16, 14];
    const values = wavy(height * width * 3);
    const all = await run({ ...quiet, layers: ['fc2'], iterations: 1 }, height, width);
    const expected = Float64Array.from(values);
    let objective = 0;
    for (const top of [0, 2, 4])
      for (const left of [0, 2, 4]) {
        const part = doubles([1, 12, 10, 3], new Float64Array(12 * 10 * 3));
        const from = (y: number, i: number) => ((top + y) * width + left) * 3 + i;
        for (let y = 0; y < 12; y++) for (let i = 0; i < 30; i++) part.data[y * 30 + i] = values[from(y, i)] ?? Number.NaN;
        const { value, gradient } = handGradient(network(), part, [{ layer: 'fc2', form: 'squares', weight: 1 }]);
        objective += value;
        for (let y = 0; y < 12; y++)
          for (let i = 0; i < 30; i++) expected[from(y, i)] = (expected[from(y, i)] ?? 0) + 1e-3 * (gradient[y * 30 + i] ?? Number.NaN);
      }
    expect(seriesOf(all, 'objective')[0]).toBeCloseTo(objective, 3);
    expect(relativeError(tensorOf(all).data, expected, values)).toBeLessThan(1e-3);
  });

  it('leaves out octaves that are smaller than it, and refuses pictures that are', async () => {
    const all = await run({ ...quiet, layers: ['fc1'], octaves: 3, iterations: 1 }, 24, 17);
    expect(seriesOf(all, 'objective')).toHaveLength(2);
    expect(warningsOf(all)).toEqual([expect.stringMatching(/2 of 3 octaves.*fc1/)]);
    await expect(run({ ...quiet, layers: ['fc1'], iterations: 1 }, 11, 10)).rejects.toThrow(/11×10 does not reach fc1.*12×10/);
    expect(seriesOf(await run({ ...quiet, layers: ['conv'], iterations: 1 }, 5, 7), 'objective')).toHaveLength(1);
  });

  it('is seen in tiles of its own size', async () => {
    const given: Given = { ...quiet, layers: ['fc2'], iterations: 1 };
    const tiled = tensorOf(await run({ ...given, tileSize: [12, 10] }, 24, 10)).data;
    const values = wavy(24 * 10 * 3);
    const half = (n: number) => values.slice(n * 360, (n + 1) * 360);
    for (const n of [0, 1]) {
      const { gradient } = handGradient(network(), doubles([1, 12, 10, 3], half(n)), [{ layer: 'fc2', form: 'squares', weight: 1 }]);
      const expected = Float64Array.from(half(n), (x, i) => x + 1e-3 * (gradient[i] ?? Number.NaN));
      expect(relativeError(tiled.slice(n * 360, (n + 1) * 360), expected, half(n))).toBeLessThan(1e-3);
    }
  });

  it('is seen in tiles larger than it, but not in smaller ones', async () => {
    const given: Given = { ...quiet, layers: ['fc2'], iterations: 1, tileBlend: 'ramp', tileOverlap: 4 };
    expect(tensorOf(await run({ ...given, tileSize: [16, 12] }, 24, 20)).data.every(Number.isFinite)).toBe(true);
    await expect(run({ ...given, tileSize: [10, 10] }, 24, 20)).rejects.toThrow(/10×10 does not reach fc2/);
  });

  it('dreams on together with a guide of another size', async () => {
    const model = await classifier();
    const small = arrayInput('small', [14, 12, 3], wavy(14 * 12 * 3, 4));
    const given: Given = { ...quiet, layers: ['fc1'], iterations: 2, guide: small.source, guideMatch: 'max' };
    const all = await events(model, given, { inputs: [arrayInput('array', [16, 22, 3], wavy(16 * 22 * 3))], files: [small] });
    const [first = Number.NaN, second = Number.NaN] = seriesOf(all, 'max-dot(fc1)');
    expect(second).toBeGreaterThan(first);
    model.dispose();
  });
});
