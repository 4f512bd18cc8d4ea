import '@tensorflow/tfjs';
import { createRandom, describeLayers } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { backward, deconvnet, gradient, guidedBackprop } from '../../src/index.js';
import { conv, lrn, maxPool, modelOf, networkOf, plain } from '../support/networks.js';
import { attributionOfArray, wave } from '../support/run.js';

const SHAPE = [29, 21, 2] as const;

/** A stack of layers that mixes kernels, strides, overlapping and ceil-mode pools, and a branch. */
function stack(seed: number) {
  const random = createRandom(`stack ${seed}`);
  const around = random.integer(0, 1);
  return [
    conv('c1', [random.integer(1, 4), random.integer(1, 3)], 4, around, { stride: [random.integer(1, 2), 1] }),
    plain('relu', 'r1'),
    lrn('n1'),
    maxPool('p1', 3, 2, random.integer(0, 1) === 1, around),
    conv('left', [1, 3], 3, 0, { inputs: ['p1'], padding: { top: 0, left: 1, bottom: 0, right: 1 } }),
    conv('right', [3, 1], 3, 0, { inputs: ['p1'], padding: { top: 1, left: 0, bottom: 1, right: 0 } }),
    plain('concat', 'joined', { inputs: ['left', 'right'] }),
    plain('relu', 'r2'),
    maxPool('p2', 2, 2, random.integer(0, 1) === 1),
    conv('top', [2, 2], 3),
  ];
}

describe('a projection', () => {
  it.each([1, 2, 3, 4, 5, 6])('is zero outside the receptive field of its unit: stack %i', async (seed) => {
    const network = networkOf(2, stack(seed));
    const model = await modelOf(network, SHAPE, { seed });
    const fields = new Map(describeLayers(network, SHAPE).map((layer) => [layer.name, layer]));
    let [outside, reached] = [0, 0];
    for (const layer of ['p1', 'joined', 'top'])
      for (const method of [
        gradient({ layer }),
        deconvnet({ layer, unit: 1 }),
        guidedBackprop({ layer, at: [1, 1] }),
        backward({ layer, maxPool: 'all', forwardMask: false }),
      ]) {
        const { data, description = '' } = await attributionOfArray(method, model, SHAPE, wave(SHAPE));
        const [, y = 0, x = 0] = (/at \((\d+), (\d+)\)/.exec(description) ?? []).map(Number);
        const { start, jump, size } = fields.get(layer)?.receptiveField ?? { start: [0, 0], jump: [0, 0], size: [0, 0] };
        const [top, left] = [start[0] + y * jump[0], start[1] + x * jump[1]];
        const inside = (i: number): boolean => {
          const [row, column] = [Math.floor(i / 2 / SHAPE[1]), Math.floor(i / 2) % SHAPE[1]];
          return row >= top && row < top + size[0] && column >= left && column < left + size[1];
        };
        const stray = data.findIndex((value, i) => value !== 0 && !inside(i));
        expect({ layer, description, start, jump, size, stray }).toMatchObject({ stray: -1 });
        outside += data.filter((_, i) => !inside(i)).length;
        if (data.some((value, i) => value !== 0 && inside(i))) reached++;
      }
    // Else there would be nothing to be zero, or all of it would be.
    expect(outside).toBeGreaterThan(SHAPE[0] * SHAPE[1] * 2);
    expect(reached).toBeGreaterThanOrEqual(9);
    model.dispose();
  });

  it('reaches every corner of the field where nothing stops it', async () => {
    const model = await modelOf(networkOf(2, [conv('c1', [3, 2], 3), conv('c2', [2, 3], 2)]), SHAPE);
    const { data } = await attributionOfArray(deconvnet({ layer: 'c2', unit: 1, at: [4, 5] }), model, SHAPE, wave(SHAPE));
    const seen = [...data.keys()].filter((i) => data[i] !== 0).map((i) => [Math.floor(i / 2 / SHAPE[1]), Math.floor(i / 2) % SHAPE[1]]);
    const [rows, columns] = [seen.map(([row = 0]) => row), seen.map(([, column = 0]) => column)];
    expect([Math.min(...rows), Math.max(...rows), Math.min(...columns), Math.max(...columns)]).toEqual([4, 7, 5, 8]);
    model.dispose();
  });
});
