import '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { deconvnet, gradient, guidedBackprop } from '../../src/index.js';
import { conv, dense, maxPool, modelOf, networkOf, plain } from '../support/networks.js';
import { attributionOfArray, eventsOf, largest, largestDifference, tensorsOf, wave } from '../support/run.js';

const SHAPE = [12, 10, 3] as const;
const values = wave(SHAPE);

describe('dense layers', () => {
  const shape = [9, 7, 2] as const;
  it.each(['chw', 'hwc'] as const)('are convolutions over the map they look at, flattened %s', async (inputOrder) => {
    const rows = [
      conv('c1', [3, 2], 4),
      plain('relu', 'r1'),
      maxPool('p1', 3, 2),
      dense('fc1', 5, { inputOrder }),
      plain('relu', 'r2'),
      dense('fc2', 3),
    ];
    const model = await modelOf(networkOf(2, rows), shape, { fixedSize: true });
    const wide = await model.convolutional();
    for (const method of [gradient, deconvnet, guidedBackprop]) {
      const [one, other] = [
        await attributionOfArray(method({ layer: 'fc2', unit: 1 }), model, shape, wave(shape)),
        await attributionOfArray(method({ layer: 'fc2', unit: 1 }), wide, shape, wave(shape)),
      ];
      expect(largest(one.data)).toBeGreaterThan(1e-3);
      expect(largestDifference(one.data, other.data)).toBeLessThan(1e-6);
    }
    const larger = [13, 12, 2] as const;
    const events = await eventsOf(deconvnet({ layer: 'fc2', unit: 1, at: [2, 1] }), model, larger, wave(larger));
    // The window of one place of the larger map, as a picture of its own.
    const window = Float32Array.from(
      { length: 9 * 7 * 2 },
      (_, i) => wave(larger)[((Math.floor(i / 14) + 4) * 12 + (Math.floor(i / 2) % 7) + 2) * 2 + (i % 2)] ?? 0,
    );
    const cut = await attributionOfArray(deconvnet({ layer: 'fc2', unit: 1 }), model, shape, window);
    const within = Float32Array.from(
      cut.data,
      (_, i) => tensorsOf(events)[0]?.data[((Math.floor(i / 14) + 4) * 12 + (Math.floor(i / 2) % 7) + 2) * 2 + (i % 2)] ?? 0,
    );
    expect(largestDifference(within, cut.data)).toBeLessThan(1e-5);
    model.dispose();
  });
});

describe('layers that share weights', () => {
  it('are passed one after the other', async () => {
    const shared = networkOf(3, [
      conv('a', [3, 3], 3, 1),
      plain('relu', 'r1'),
      conv('b', [3, 3], 3, 1, { weightsOf: 'a' }),
      plain('relu', 'r2'),
      conv('top', [1, 1], 2),
    ]);
    const model = await modelOf(shared, SHAPE);
    const copies = new Map([
      ...model.network.weights,
      ...['kernel', 'bias'].map((part) => [`b/${part}`, model.network.weights.get(`a/${part}`) as never] as const),
    ]);
    const apart = networkOf(
      3,
      [conv('a', [3, 3], 3, 1), plain('relu', 'r1'), conv('b', [3, 3], 3, 1), plain('relu', 'r2'), conv('top', [1, 1], 2)],
      copies,
    );
    const other = await modelOf(apart, SHAPE);
    for (const method of [gradient, deconvnet, guidedBackprop]) {
      const [one, two] = [
        await attributionOfArray(method({ layer: 'top' }), model, SHAPE, values),
        await attributionOfArray(method({ layer: 'top' }), other, SHAPE, values),
      ];
      expect(largest(one.data)).toBeGreaterThan(1e-3);
      expect(one.data).toEqual(two.data);
    }
    for (const one of [model, other]) one.dispose();
  });
});
