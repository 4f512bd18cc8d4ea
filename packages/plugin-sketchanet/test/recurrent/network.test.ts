import { createRandom, rowOf } from '@featurescope/core';
import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  accuracyByCompletion,
  initialiseRecurrent,
  parameterCount,
  predictSteps,
  recurrentOptions,
  stepAt,
  stepWeights,
} from '../../src/recurrent/index.js';
import { orthogonal } from '../../src/recurrent/initialise.js';
import { lossGradient, type RecurrentNetwork } from '../../src/recurrent/network.js';
import { packSequences, unpack } from '../../src/recurrent/sequence.js';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** A network of one unit from its weights by name. */
const single = (cell: 'gru' | 'lstm', weights: Readonly<Record<string, readonly number[]>>): RecurrentNetwork => ({
  cell,
  features: 1,
  hidden: 1,
  classes: 2,
  weights: new Map(Object.entries(weights).map(([name, data]) => [name, { shape: [1, data.length], data: Float32Array.from(data) }])),
});

describe('cells', () => {
  it('steps a GRU as the equations say: the gate before U, and z on the new state', () => {
    const network = single('gru', {
      'gates/input': [0.5, -0.3],
      'gates/recurrent': [0.8, 0.4],
      'gates/bias': [0.1, 0.2],
      'candidate/input': [1.1],
      'candidate/recurrent': [-0.7],
      'candidate/bias': [0.05],
      'output/kernel': [2, -1],
    });
    const inputs = [0.9, -1.4, 0.3];
    let h = 0;
    const expected = inputs.map((x) => {
      const r = sigmoid(0.5 * x + 0.8 * h + 0.1);
      const z = sigmoid(-0.3 * x + 0.4 * h + 0.2);
      const c = Math.tanh(1.1 * x - 0.7 * (r * h) + 0.05);
      h = (1 - z) * h + z * c;
      return 1 / (1 + Math.exp(-3 * h));
    });
    const [steps] = predictSteps(network, [{ columns: 1, data: Float32Array.from(inputs) }]);
    expected.forEach((p, t) => {
      expect(steps?.data[2 * t]).toBeCloseTo(p, 6);
    });
  });

  it('steps an LSTM as the equations say', () => {
    const network = single('lstm', {
      'gates/input': [0.5, -0.3, 0.9, 1.2],
      'gates/recurrent': [0.8, 0.4, -0.6, 0.7],
      'gates/bias': [0.1, 1, -0.2, 0.3],
      'output/kernel': [2, -1],
    });
    const inputs = [0.9, -1.4, 0.3];
    let [h, s] = [0, 0];
    const expected = inputs.map((x) => {
      const [i, f, o] = [sigmoid(0.5 * x + 0.8 * h + 0.1), sigmoid(-0.3 * x + 0.4 * h + 1), sigmoid(0.9 * x - 0.6 * h - 0.2)];
      s = f * s + i * Math.tanh(1.2 * x + 0.7 * h + 0.3);
      h = o * Math.tanh(s);
      return 1 / (1 + Math.exp(-3 * h));
    });
    const [steps] = predictSteps(network, [{ columns: 1, data: Float32Array.from(inputs) }]);
    expected.forEach((p, t) => {
      expect(steps?.data[2 * t]).toBeCloseTo(p, 6);
    });
  });

  it('counts the weights of the published network: 83.7 million', () => {
    expect(parameterCount({ cell: 'gru', features: 4096, hidden: 3600, classes: 160 })).toBe(
      3 * (4096 * 3600 + 3600 * 3600 + 3600) + 3600 * 160,
    );
  });
});

describe('predictSteps', () => {
  const random = createRandom(2);
  const network = initialiseRecurrent(3, 4, recurrentOptions.parse({ hidden: 5 }), random);
  const drawing = (steps: number) => ({ columns: 3, data: random.fillNormal(new Float32Array(steps * 3), 0, 1) });

  it('gives probabilities after every step, the same alone as among others', () => {
    const drawings = [drawing(2), drawing(6), drawing(1)];
    const together = predictSteps(network, drawings);
    drawings.forEach((one, i) => {
      const [alone] = predictSteps(network, [one]);
      expect(together[i]?.data.length).toBe((one.data.length / 3) * 4);
      together[i]?.data.forEach((p, j) => {
        expect(p).toBeCloseTo(alone?.data[j] ?? 0, 6);
      });
      for (let t = 0; t < one.data.length / 3; t++)
        expect([...rowOf(together[i] ?? { columns: 4, data: new Float32Array(0) }, t)].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    });
  });

  it('knows nothing of later steps', () => {
    const whole = drawing(6);
    const [all] = predictSteps(network, [whole]);
    const [half] = predictSteps(network, [{ columns: 3, data: whole.data.subarray(0, 9) }]);
    expect(half?.data.length).toBe(12);
    half?.data.forEach((p, i) => {
      expect(p).toBeCloseTo(all?.data[i] ?? 0, 6);
    });
  });

  it('says what does not fit', () => {
    expect(() => predictSteps(network, [{ columns: 2, data: new Float32Array(4) }])).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Recurrent network: sequence 0 has 2 features a step, but 3 are expected. Use features of the same network for all drawings.]`,
    );
    expect(() => predictSteps(network, [{ columns: 3, data: new Float32Array(0) }])).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Recurrent network: sequence 0 has no steps. Expected the features of at least one stroke; leave empty drawings out.]`,
    );
    expect(() => predictSteps(network, [])).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Recurrent network: no sequences were given. Expected the features of at least one drawing.]`,
    );
    const bad = [{ features: drawing(1), label: 4 }];
    expect(() => lossGradient(network, bad, { alpha: 0, weighting: 'mean' })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Recurrent network: sequence 0 has the label 4, which is none of the 4 classes. Expected a whole number from 0 to 3.]`,
    );
  });
});

describe('packSequences', () => {
  it('lays steps one after the other, the longest drawing first, and back', () => {
    const rows = (...data: number[]) => ({ columns: 1, data: Float32Array.from(data) });
    const packed = packSequences([rows(1, 2), rows(3, 4, 5), rows(6)]);
    expect([...packed.inputs]).toEqual([3, 1, 6, 4, 2, 5]);
    expect([...packed.active]).toEqual([3, 2, 1]);
    expect(unpack(packed, packed.inputs).map((own) => [...own])).toEqual([[1, 2], [3, 4, 5], [6]]);
  });
});

describe('stepWeights', () => {
  it('are exp(−α(1 − t/N)), the last 1; divided by their sum when asked', () => {
    expect([...stepWeights(2, { alpha: 10, weighting: 'sum' })]).toEqual([Math.exp(-5), 1]);
    expect([...stepWeights(4, { alpha: 0, weighting: 'mean' })]).toEqual([0.25, 0.25, 0.25, 0.25]);
    const [first = 0, last = 0] = stepWeights(2, { alpha: 10, weighting: 'mean' });
    expect(first + last).toBeCloseTo(1, 12);
    expect(first / last).toBeCloseTo(Math.exp(-5), 12);
  });
});

describe('initialiseRecurrent', () => {
  it('makes kernels with orthonormal rows or columns', () => {
    for (const [rows, columns] of [
      [4, 4],
      [7, 3],
      [3, 7],
    ] as const) {
      const q = Matrix.from1DArray(rows, columns, orthogonal(rows, columns, createRandom(1)));
      const product = rows >= columns ? q.transpose().mmul(q) : q.mmul(q.transpose());
      product.to2DArray().forEach((row, i) => {
        row.forEach((value, j) => {
          expect(value).toBeCloseTo(i === j ? 1 : 0, 10);
        });
      });
    }
  });

  it('has every gate orthogonal for itself, and the bias of the forget gate', () => {
    const { weights } = initialiseRecurrent(
      6,
      2,
      recurrentOptions.parse({ cell: 'lstm', hidden: 3, gain: 2, forgetBias: 1.5 }),
      createRandom(1),
    );
    const kernel = weights.get('gates/recurrent')?.data ?? new Float32Array(0);
    for (let gate = 0; gate < 4; gate++) {
      const column = (j: number) => [0, 1, 2].map((i) => kernel[i * 12 + gate * 3 + j] ?? 0);
      const inner = (a: number, b: number) => column(a).reduce((sum, v, i) => sum + v * (column(b)[i] ?? 0), 0);
      expect(inner(0, 0)).toBeCloseTo(4, 5);
      expect(inner(0, 1)).toBeCloseTo(0, 5);
    }
    expect([...(weights.get('gates/bias')?.data ?? [])]).toEqual([0, 0, 0, 1.5, 1.5, 1.5, 0, 0, 0, 0, 0, 0]);
  });
});

describe('accuracyByCompletion', () => {
  it('takes step ⌈pN⌉, at least the first', () => {
    expect([0, 0.1, 0.3, 0.7, 1].map((p) => stepAt(p, 10) + 1)).toEqual([1, 1, 3, 7, 10]);
    expect(stepAt(0.5, 3) + 1).toBe(2);
  });

  it('counts the drawings that are right by then', () => {
    const scores = [
      { columns: 2, data: Float32Array.of(1, 0, 0, 1) },
      { columns: 2, data: Float32Array.of(0, 1, 0, 1, 0, 1, 0, 1) },
    ];
    const [half, whole] = accuracyByCompletion(scores, [1, 1], [0.5, 1]);
    expect([half?.accuracy, whole?.accuracy, whole?.n]).toEqual([0.5, 1, 2]);
  });
});
