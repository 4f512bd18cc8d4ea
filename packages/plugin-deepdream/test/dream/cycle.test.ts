import '@tensorflow/tfjs';
import { arrayInput, testVisualizer, tinyModel, tinyNetwork } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { dream } from '../../src/index.js';
import { doubles, events, type Given, handGradient, relativeError, seriesOf, tensorOf, wavy } from './support.js';

testVisualizer(dream, {
  describe,
  it,
  options: { cycle: ['relu1', 'conv2@0.01'], stepRule: 'adam', iterations: 3, octaves: 2, jitter: 2 },
});

const SHAPE = [11, 14, 3] as const;
const FOUR = [1, ...SHAPE] as const;
const values = wavy(11 * 14 * 3);
const quiet: Given = { octaves: 1, jitter: 0, stepRule: 'fixed', clamp: false, frameEvery: 0 };

const run = async (given: Given) => {
  const model = await tinyModel();
  try {
    return await events(model, given, { inputs: [arrayInput('array', SHAPE, values)] });
  } finally {
    model.dispose();
  }
};

/** Layer after layer, a step and then the decay for each, in double precision. */
function byHand(cycle: readonly (readonly [layer: string, step: number])[], iterations: number, decay = 0) {
  const network = tinyNetwork();
  const series = new Map<string, number[]>(cycle.map(([layer]) => [layer, []]));
  let x = Float64Array.from(values);
  for (let i = 0; i < iterations; i++)
    for (const [layer, step] of cycle) {
      const { value, gradient } = handGradient(network, doubles(FOUR, x), [{ layer, form: 'squares', weight: 1 }]);
      series.get(layer)?.push(value);
      x = x.map((old, j) => (old + step * (gradient[j] ?? Number.NaN)) * (1 - decay));
    }
  return { x, series };
}

const expectClose = (actual: readonly number[], expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => void expect(value / (expected[i] ?? Number.NaN)).toBeCloseTo(1, 5));
};

describe('a cycle of layers', () => {
  it.each([0, 0.05])('takes a step for each layer in turn, as computed in double precision (decay %d)', async (decay) => {
    const all = await run({ ...quiet, cycle: ['conv2@1e-3', 'relu1@5e-4'], iterations: 3, decay });
    const { x, series } = byHand(
      [
        ['conv2', 1e-3],
        ['relu1', 5e-4],
      ],
      3,
      decay,
    );
    expect(relativeError(tensorOf(all).data, x, values)).toBeLessThan(1e-4);
    const [first = [], second = []] = [series.get('conv2'), series.get('relu1')];
    expectClose(seriesOf(all, 'l2(conv2)'), first);
    expectClose(seriesOf(all, 'l2(relu1)'), second);
    expectClose(
      seriesOf(all, 'objective'),
      first.map((value, i) => value + (second[i] ?? Number.NaN)),
    );
  });

  it('takes --step for layers without a step of their own, and layers by their index', async () => {
    const written = tensorOf(await run({ ...quiet, cycle: ['conv2@1e-3', 'relu1@5e-4'], iterations: 2 })).data;
    const left = tensorOf(await run({ ...quiet, cycle: ['conv2', 'relu1@5e-4'], step: 1e-3, iterations: 2 })).data;
    const indexed = tensorOf(await run({ ...quiet, cycle: ['4', '2@5e-4'], step: 1e-3, iterations: 2 })).data;
    expect(left).toEqual(written);
    expect(indexed).toEqual(written);
  });

  it('is something else than the sum of its layers', async () => {
    const turns = tensorOf(await run({ ...quiet, cycle: ['conv2@1e-3', 'relu1@1e-3'], iterations: 2 })).data;
    const together = tensorOf(await run({ ...quiet, layers: ['conv2', 'relu1'], step: 1e-3, iterations: 2 })).data;
    expect(relativeError(together, turns, values)).toBeGreaterThan(1e-3);
  });

  it('takes a layer twice', async () => {
    const all = await run({ ...quiet, cycle: ['relu1@1e-3', 'relu1@1e-3'], iterations: 1 });
    const { x } = byHand(
      [
        ['relu1', 1e-3],
        ['relu1', 1e-3],
      ],
      1,
    );
    expect(relativeError(tensorOf(all).data, x, values)).toBeLessThan(1e-4);
  });

  it.each([
    ['conv2@x', {}, /"conv2@x".*layer@step/],
    ['conv2@-1', {}, /"conv2@-1"/],
    ['conv2@0', {}, /"conv2@0"/],
    ['conv2@', {}, /"conv2@"/],
    ['@1', {}, /"@1"/],
    ['convv2@1', {}, /conv2/],
    ['99@1', {}, /99/],
    ['conv2@1', { layers: ['conv2'] }, /--cycle and --layers/],
    ['conv2@1', { weights: [1] }, /--cycle and --weights/],
    ['conv2', {}, /--step-rule fixed needs --step/],
  ] as const)('refuses %s %j', async (turn, given, message) => {
    await expect(run({ ...quiet, ...(given as Given), cycle: [turn] })).rejects.toThrow(message);
  });
});
