import '@tensorflow/tfjs';
import { arrayInput, pictureInput, syntheticPicture, testVisualizer, tinyModel, tinyNetwork } from '@featurescope/core/testing';
import { memory } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { dream } from '../../src/index.js';
import { doubles, events, type Given, handGradient, relativeError, tensorOf, wavy } from './support.js';

const everything: Given = {
  l2: 0.1,
  totalVariation: 0.01,
  tvBeta: 1.5,
  decay: 0.02,
  blurEvery: 2,
  blurSigma: 0.7,
  clipNorm: 10,
  clipContribution: 10,
  clamp: [-1, 1],
};
testVisualizer(dream, { describe, it, options: { ...everything, layers: ['conv2'], iterations: 3, octaves: 2, jitter: 2 } });
testVisualizer(dream, {
  describe,
  it,
  options: { ...everything, layers: ['conv2'], iterations: 2, octaves: 1, tileSize: [6, 5], tileShift: true },
});

const [HEIGHT, WIDTH] = [7, 9];
const SHAPE = [HEIGHT, WIDTH, 3] as const;
const values = wavy(HEIGHT * WIDTH * 3);
const STEP = 1e-3;
const quiet: Given = { layers: ['conv2'], octaves: 1, jitter: 0, stepRule: 'fixed', step: STEP, clamp: false, frameEvery: 0 };

const run = async (given: Given) => {
  const model = await tinyModel();
  const before = memory().numTensors;
  try {
    const all = await events(model, { ...quiet, ...given }, { inputs: [arrayInput('array', SHAPE, values)] });
    expect(memory().numTensors).toBe(before);
    return tensorOf(all).data;
  } finally {
    model.dispose();
  }
};

type Rule = (x: Float64Array, gradient: Float64Array, iteration: number) => Float64Array;

const at = (x: ArrayLike<number>, i: number): number => x[i] ?? Number.NaN;
const place = (y: number, x: number, c: number): number => (y * WIDTH + x) * 3 + c;

const l2 =
  (lambda: number): Rule =>
  (x) =>
    x.map((value) => value * (1 - STEP * lambda));
const decay =
  (rate: number): Rule =>
  (x) =>
    x.map((value) => value * (1 - rate));
const clamp =
  (low: number, high: number): Rule =>
  (x) =>
    x.map((value) => Math.min(Math.max(value, low), high));
const every =
  (n: number, rule: Rule): Rule =>
  (x, gradient, iteration) =>
    (iteration + 1) % n === 0 ? rule(x, gradient, iteration) : x;

/** Central differences of TV_2 = Σ of squared differences to the right and below: exact for a quadratic. */
const totalVariation =
  (weight: number): Rule =>
  (x) => {
    const value = (of: Float64Array): number => {
      let sum = 0;
      for (let i = 0; i < HEIGHT; i++)
        for (let j = 0; j < WIDTH; j++)
          for (let c = 0; c < 3; c++) {
            if (j + 1 < WIDTH) sum += (at(of, place(i, j + 1, c)) - at(of, place(i, j, c))) ** 2;
            if (i + 1 < HEIGHT) sum += (at(of, place(i + 1, j, c)) - at(of, place(i, j, c))) ** 2;
          }
      return sum;
    };
    return x.map((old, i) => {
      const moved = (by: number) => value(x.map((v, k) => (k === i ? v + by : v)));
      return old - (STEP * weight * (moved(0.5) - moved(-0.5))) / 1;
    });
  };

/** Weighted mean over the neighbours that there are. */
const blur =
  (sigma: number): Rule =>
  (x) => {
    const reach = Math.ceil(3 * sigma);
    return x.map((_, i) => {
      const [c, column, row] = [i % 3, Math.floor(i / 3) % WIDTH, Math.floor(i / 3 / WIDTH)];
      let [sum, total] = [0, 0];
      for (let dy = -reach; dy <= reach; dy++)
        for (let dx = -reach; dx <= reach; dx++) {
          if (row + dy < 0 || row + dy >= HEIGHT || column + dx < 0 || column + dx >= WIDTH) continue;
          const weight = Math.exp(-(dy * dy + dx * dx) / (2 * sigma * sigma));
          sum += weight * at(x, place(row + dy, column + dx, c));
          total += weight;
        }
      return sum / total;
    });
  };

const clip =
  (percent: number, statistic: (x: Float64Array, gradient: Float64Array, pixel: number) => number): Rule =>
  (x, gradient) => {
    const numbers = Array.from({ length: HEIGHT * WIDTH }, (_, pixel) => statistic(x, gradient, pixel));
    const sorted = [...numbers].sort((a, b) => a - b);
    const rank = (percent / 100) * (sorted.length - 1);
    const [low, high] = [at(sorted, Math.floor(rank)), at(sorted, Math.ceil(rank))];
    const threshold = low + (rank - Math.floor(rank)) * (high - low);
    return x.map((value, i) => (at(numbers, Math.floor(i / 3)) < threshold ? 0 : value));
  };
const norm = (x: Float64Array, _: Float64Array, pixel: number): number => Math.hypot(...[0, 1, 2].map((c) => at(x, 3 * pixel + c)));
const contribution = (x: Float64Array, gradient: Float64Array, pixel: number): number =>
  Math.abs([0, 1, 2].reduce((sum, c) => sum + at(x, 3 * pixel + c) * at(gradient, 3 * pixel + c), 0));

/** Steps, each followed by the rules in their order, in double precision. */
function byHand(rules: readonly Rule[], iterations: number): Float64Array {
  let x: Float64Array = Float64Array.from(values);
  for (let i = 0; i < iterations; i++) {
    const { gradient } = handGradient(tinyNetwork(), doubles([1, ...SHAPE], x), [{ layer: 'conv2', form: 'squares', weight: 1 }]);
    x = x.map((old, j) => old + STEP * at(gradient, j));
    for (const rule of rules) x = rule(x, gradient, i);
  }
  return x;
}

describe('a regulariser in the loop', () => {
  it.each<readonly [string, Given, readonly Rule[]]>([
    ['L2', { l2: 20 }, [l2(20)]],
    ['decay', { decay: 0.05 }, [decay(0.05)]],
    ['total variation', { totalVariation: 30 }, [totalVariation(30)]],
    ['blur', { blurSigma: 0.8 }, [blur(0.8)]],
    ['blur every 2', { blurSigma: 0.8, blurEvery: 2 }, [every(2, blur(0.8))]],
    ['clipping of small norms', { clipNorm: 30 }, [clip(30, norm)]],
    ['clipping of small contributions', { clipContribution: 30 }, [clip(30, contribution)]],
    ['a clamp to a fixed range', { clamp: [-0.5, 0.75] }, [clamp(-0.5, 0.75)]],
    [
      'all of them, in their order',
      { l2: 20, totalVariation: 30, decay: 0.05, blurSigma: 0.8, blurEvery: 3, clipNorm: 20, clipContribution: 10, clamp: [-0.5, 0.75] },
      [l2(20), totalVariation(30), decay(0.05), every(3, blur(0.8)), clip(20, norm), clip(10, contribution), clamp(-0.5, 0.75)],
    ],
  ])('%s gives the numbers of double precision', async (_, given, rules) => {
    const expected = byHand(rules, 4);
    expect(relativeError(await run({ ...given, iterations: 4 }), expected, values)).toBeLessThan(1e-4);
  });

  it('sees the gradient of tiles too', async () => {
    const tiles: Given = { tileSize: [7, 9], tileBlend: 'ramp', clipContribution: 30, iterations: 2 };
    const whole = await run({ clipContribution: 30, iterations: 2 });
    expect(await run(tiles)).toEqual(whole);
    const parts = await run({ ...tiles, tileBlend: 'none', tileSize: [7, 5], iterations: 1 });
    const zeros = Array.from({ length: HEIGHT * WIDTH }, (_, pixel) => norm(Float64Array.from(parts), Float64Array.of(), pixel)).filter(
      (n) => n === 0,
    );
    expect(zeros).toHaveLength(Math.ceil(0.3 * (HEIGHT * WIDTH - 1)));
  });

  it('is off unless asked for: the clamp too where no preprocessing is known', async () => {
    const { options } = dream({});
    expect(options).toMatchObject({ decay: 0, l2: 0, totalVariation: 0, clipNorm: 0, clipContribution: 0 });
    for (const name of ['blurEvery', 'blurSigma', 'clamp'] as const) expect((options as Record<string, unknown>)[name]).toBeUndefined();
  });
});

describe('a clamp of its own', () => {
  it('holds the whole picture from the first step on, and replaces the range of a pixel', async () => {
    const model = await tinyModel();
    const inputs = [pictureInput('a', syntheticPicture(1, [12, 10]))];
    const given: Given = { layers: ['conv2'], octaves: 1, iterations: 1, step: 3, clamp: [-0.25, 3], guard: false, frameEvery: 0 };
    const { data } = tensorOf(await events(model, given, { inputs }));
    expect(Math.min(...data)).toBe(-0.25);
    expect(Math.max(...data)).toBe(3);
    model.dispose();
  });

  it('wants the lower value first', async () => {
    await expect(run({ clamp: [1, -1], iterations: 1 })).rejects.toThrow(/--clamp/);
  });
});
