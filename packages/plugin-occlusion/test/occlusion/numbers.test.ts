import '@tensorflow/tfjs';
import type { Model, Shape } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boxAt, positionCount, windowGrid } from '../../src/occlusion/windows.js';
import { deepModel, linearModel, wave } from './support/networks.js';
import { artifactsOf, difference, eventsOf, metricOf, type Options, tensorOf, warningsOf } from './support/run.js';

describe('a linear network', () => {
  it('gives what is worked out by hand', async () => {
    // x = [[1, 2, 3], [4, 5, 6]], w = [[1, 0, −1], [2, 1, 0]]: f = 1 − 3 + 8 + 5 = 11; the other class is 0.
    const model = await linearModel(
      [2, 3, 1],
      [
        [1, 0, -1, 2, 1, 0],
        [0, 0, 0, 0, 0, 0],
      ],
    );
    const events = await eventsOf(model, [2, 3, 1], Float32Array.of(1, 2, 3, 4, 5, 6), { window: [2, 2], stride: 1, baseline: 0 });
    // Columns 0–1 hidden leave −3, for which the other class is larger; columns 1–2 hidden leave 1 + 8.
    const map = tensorOf(events, 'score-map');
    expect([map.shape, Array.from(map.data)]).toEqual([
      [1, 2],
      [-3, 9],
    ]);
    expect(Array.from(tensorOf(events, 'class-map').data)).toEqual([1, 0]);
    const { shape, data } = tensorOf(events, 'attribution');
    expect([shape, Array.from(data)]).toEqual([
      [2, 3],
      [14, 8, 2, 14, 8, 2],
    ]);
    expect(warningsOf(events).join()).toContain('no activity map');
    model.dispose();
  });

  it('gives effects of windows beside each other that sum to the full effect', async () => {
    const shape: Shape = [6, 8, 2];
    const model = await linearModel(shape, [Array.from(wave([8, 6, 2]))]);
    const values = wave(shape);
    const events = await eventsOf(model, shape, values, { window: [3, 2], stride: [3, 2], baseline: 0.25 });
    const scores = tensorOf(events, 'score-map').data;
    const whole = await scoreOf(model, values, shape);
    const without = await scoreOf(
      model,
      values.map(() => 0.25),
      shape,
    );
    expect(scores.reduce((sum, score) => sum + whole - score, 0)).toBeCloseTo(whole - without, 4);
    // Each effect is spread over the pixels of its window.
    expect(tensorOf(events, 'attribution').data.reduce((sum, effect) => sum + effect / 6, 0)).toBeCloseTo(whole - without, 4);
    model.dispose();
  });

  async function scoreOf(model: Model, values: Float32Array, shape: Shape): Promise<number> {
    const [scores] = await passOf(model, values, shape, ['fc']);
    return scores?.[0] ?? Number.NaN;
  }
});

describe('a deep network', () => {
  const shape: Shape = [13, 17, 2];
  const values = wave(shape);
  const window = { window: [4, 6] as [number, number], stride: [3, 4] as [number, number], baseline: -0.3 };
  let model: Model;
  beforeAll(async () => {
    model = await deepModel(shape);
  });
  afterAll(() => model.dispose());

  it('falls by f(x) − f(baseline) everywhere under a window as large as the picture', async () => {
    const events = await eventsOf(model, shape, values, { window: [13, 17], stride: 1, baseline: 0.4, class: 2 });
    const [whole] = await passOf(model, values, shape, ['fc4']);
    const [without] = await passOf(
      model,
      values.map(() => 0.4),
      shape,
      ['fc4'],
    );
    const fall = (whole?.[2] ?? 0) - (without?.[2] ?? 0);
    const { data } = tensorOf(events, 'attribution');
    expect(difference(data, new Float32Array(13 * 17).fill(fall))).toBeLessThan(1e-5);
    expect(Math.abs(fall)).toBeGreaterThan(1e-3);
  });

  it.each<[string, Options, string, (outputs: Float32Array) => number]>([
    ['a logit', { class: 3 }, 'fc4', (scores) => scores[3] ?? 0],
    ['a probability', { class: 3, of: 'probabilities' }, 'prob', (scores) => scores[3] ?? 0],
    ['a probability by score', { class: 1, score: 'probability' }, 'prob', (scores) => scores[1] ?? 0],
    ['a unit', { layer: 'relu1', unit: 2, at: [3, 5] }, 'relu1', (map) => map[(3 * 9 + 5) * 5 + 2] ?? 0],
    ['a map', { layer: 'relu1', unit: 2, score: 'activity' }, 'relu1', (map) => map.reduce((sum, v, i) => sum + (i % 5 === 2 ? v : 0), 0)],
  ])('follows %s as passes over pictures pasted by hand give it', async (_, options, layer, read) => {
    const events = await eventsOf(model, shape, values, { ...window, ...options });
    const expected: number[] = [];
    for (const outputs of await pasted([layer])) expected.push(read(outputs[0] ?? new Float32Array()));
    const map = tensorOf(events, 'score-map');
    expect(map.shape).toEqual([4, 4]);
    expect(difference(map.data, expected)).toBeLessThan(1e-5);
    const [whole] = await passOf(model, values, shape, [layer]);
    expect(metricOf(events, 'score')).toBeCloseTo(read(whole ?? new Float32Array()), 5);
  });

  it('maps the class and the activity of the most active map', async () => {
    const events = await eventsOf(model, shape, values, { ...window, mapLayer: 'norm1' });
    const [whole = new Float32Array()] = await passOf(model, values, shape, ['norm1']);
    const total = (map: Float32Array, unit: number): number => map.reduce((sum, v, i) => sum + (i % 5 === unit ? v : 0), 0);
    const sums = [0, 1, 2, 3, 4].map((unit) => total(whole, unit));
    const unit = sums.indexOf(Math.max(...sums));
    const found = await pasted(['fc4', 'norm1']);
    const activity = tensorOf(events, 'activity-map');
    expect(activity.unit).toBe(unit);
    expect(
      difference(
        activity.data,
        found.map(([, map]) => total(map ?? new Float32Array(), unit)),
      ),
    ).toBeLessThan(1e-4);
    const classes = found.map(([scores]) => Array.from(scores ?? []).indexOf(Math.max(...(scores ?? []))));
    expect(Array.from(tensorOf(events, 'class-map').data)).toEqual(classes);
  });

  it('follows the last map below the class scores and the most probable class where nothing is named', async () => {
    const events = await eventsOf(model, shape, values, window);
    const [scores = new Float32Array()] = await passOf(model, values, shape, ['fc4']);
    expect(tensorOf(events, 'activity-map').layer).toBe('relu2');
    expect(tensorOf(events, 'attribution').unit).toBe(scores.indexOf(Math.max(...scores)));
  });

  it('looks at a larger array at every place, and follows the class where it is strongest', async () => {
    const large: Shape = [21, 33, 2];
    const seen = wave(large);
    const spread = await model.convolutional();
    const [scores = new Float32Array()] = await passOf(spread, seen, large, ['fc4']);
    const [without = new Float32Array()] = await passOf(
      spread,
      seen.map(() => 0.4),
      large,
      ['fc4'],
    );
    expect(scores.length).toBeGreaterThan(5);
    const best = scores.reduce((most, score, i) => (i % 5 === 2 && score > (scores[most] ?? 0) ? i : most), 2);
    const events = await eventsOf(model, large, seen, { window: [21, 33], stride: 1, baseline: 0.4, class: 2 });
    const { shape: size, data } = tensorOf(events, 'attribution');
    expect(size).toEqual([21, 33]);
    expect(data[0]).toBeCloseTo((scores[best] ?? 0) - (without[best] ?? 0), 5);
  });

  it('does not depend on the batch size or on the manner of the passes', async () => {
    const of = async (options: Options) => {
      const events = await eventsOf(model, shape, values, { ...window, ...options });
      return ['attribution', 'score-map', 'activity-map', 'class-map'].map((name) => tensorOf(events, name).data);
    };
    const reference = await of({});
    for (const options of [{ batchSize: 1 }, { batchSize: 5 }, { batchSize: 4096 }, { incremental: false, batchSize: 3 }])
      for (const [i, data] of (await of(options)).entries()) expect(difference(data, reference[i] ?? [])).toBeLessThan(1e-5);
  });

  it('studies several windows as it studies each, and gives the mean attribution', async () => {
    const together = await eventsOf(model, shape, values, {
      windows: [
        [3, 5],
        [4, 4],
      ],
      stride: 3,
      baseline: 'blur',
    });
    const alone = [
      await eventsOf(model, shape, values, { window: [3, 5], stride: 3, baseline: 'blur' }),
      await eventsOf(model, shape, values, { window: 4, stride: 3, baseline: 'blur' }),
    ];
    for (const [i, suffix] of ['-3x5', '-4'].entries())
      for (const name of ['attribution', 'score-map', 'activity-map', 'class-map'])
        expect(tensorOf(together, `${name}${suffix}`).data).toEqual(tensorOf(alone[i] ?? [], name).data);
    const [first, second] = alone.map((events) => tensorOf(events, 'attribution').data);
    const mean = Array.from(first ?? [], (value, i) => (value + (second?.[i] ?? 0)) / 2);
    expect(difference(tensorOf(together, 'attribution').data, mean)).toBeLessThan(1e-6);
    expect(
      artifactsOf(together)
        .filter(({ name }) => name.startsWith('figure'))
        .map(({ name }) => name),
    ).toEqual(['figure-3x5', 'figure-4']);
  });

  /** Activations for each position of the window, from pictures of their own. */
  async function pasted(layers: readonly string[]): Promise<Float32Array[][]> {
    const grid = windowGrid([shape[0], shape[1]], window.window, window.stride);
    const found: Float32Array[][] = [];
    for (let position = 0; position < positionCount(grid); position++) {
      const { top, left, height, width } = boxAt(grid, position);
      const hidden = values.map((value, i) => {
        const [y, x] = [Math.floor(i / shape[2] / shape[1]), Math.floor(i / shape[2]) % shape[1]];
        return y >= top && y < top + height && x >= left && x < left + width ? window.baseline : value;
      });
      found.push(await passOf(model, hidden, shape, layers));
    }
    return found;
  }
});

async function passOf(
  model: Model,
  values: Float32Array,
  [height, width, channels]: Shape,
  layers: readonly string[],
): Promise<Float32Array[]> {
  const picture = tf.tensor4d(values, [1, height, width, channels]);
  const found = await model.activations(picture, layers);
  picture.dispose();
  const data = await Promise.all(layers.map(async (layer) => (await found.get(layer)?.data()) as Float32Array));
  tf.dispose([...found.values()]);
  return data;
}
