import { createOptimizer, type OptimizerOptions, optimizerOptions, type Weights } from '@featurescope/core';
import { describe, expect, it } from 'vitest';

const RATE = 0.1;

/** Weights after each of several steps with the same gradient, in float64-friendly numbers. */
function steps(
  given: unknown,
  start: readonly number[],
  gradient: readonly number[],
  count: number,
  shape: readonly number[] = [1, start.length],
): number[][] {
  const options: OptimizerOptions = optimizerOptions.parse(given);
  const weights: Weights = new Map([['dense/kernel', { shape, data: Float32Array.from(start) }]]);
  const optimizer = createOptimizer(options, weights);
  return Array.from({ length: count }, (_, step) => {
    optimizer.update(new Map([['dense/kernel', Float32Array.from(gradient)]]), RATE, step);
    return Array.from(weights.get('dense/kernel')?.data ?? []);
  });
}

const near = (actual: readonly number[][], expected: readonly number[][]): void => {
  expect(actual.length).toBe(expected.length);
  for (const [i, row] of actual.entries())
    for (const [j, value] of row.entries()) expect(value).toBeCloseTo(expected[i]?.[j] ?? Number.NaN, 6);
};

describe('sgd', () => {
  it('adds up momentum: v = 0.9 v − rate · g', () => {
    near(steps({ kind: 'sgd' }, [1, -1], [2, -4], 3), [
      [1 - 0.2, -1 + 0.4],
      [1 - 0.2 - 0.38, -1 + 0.4 + 0.76],
      [1 - 0.2 - 0.38 - 0.542, -1 + 0.4 + 0.76 + 1.084],
    ]);
  });

  it('adds weight decay to the gradient of kernels', () => {
    near(steps({ kind: 'sgd', momentum: 0, weightDecay: 0.5 }, [2], [1], 1), [[2 - 0.1 * (1 + 0.5 * 2)]]);
  });

  it('leaves biases without decay, at their own rate', () => {
    near(steps({ kind: 'sgd', momentum: 0, weightDecay: 0.5, biasRate: 2 }, [2], [1], 1, [1]), [[2 - 0.2]]);
  });
});

describe('adagrad', () => {
  it('takes a first step of ± the learning rate, whatever the gradient', () => {
    near(steps({ kind: 'adagrad' }, [0, 0, 0], [5, -0.01, 300], 1), [[-RATE, RATE, -RATE]]);
  });

  it('divides by the root of the sum of squares', () => {
    near(steps({ kind: 'adagrad' }, [0], [3], 3), [[-0.1], [-0.1 - 0.1 / Math.sqrt(2)], [-0.1 - 0.1 / Math.sqrt(2) - 0.1 / Math.sqrt(3)]]);
  });

  it('takes a first step of rate / g in the printed form', () => {
    near(steps({ kind: 'adagrad', denominator: 'asPrinted' }, [0, 0], [4, -0.5], 1), [[-0.1 / 4, 0.1 / 0.5]]);
  });

  it('stays put where the gradient is 0', () => {
    near(steps({ kind: 'adagrad' }, [1], [0], 2), [[1], [1]]);
  });
});

describe('adam', () => {
  it('takes steps of the learning rate under a constant gradient', () => {
    near(steps({ kind: 'adam' }, [0, 0], [7, -0.2], 2), [
      [-RATE, RATE],
      [-2 * RATE, 2 * RATE],
    ]);
  });

  it('corrects its averages for their start at 0', () => {
    const weights: Weights = new Map([['a/bias', { shape: [1], data: new Float32Array(1) }]]);
    const optimizer = createOptimizer(optimizerOptions.parse({ kind: 'adam' }), weights);
    optimizer.update(new Map([['a/bias', Float32Array.of(1)]]), RATE, 0);
    optimizer.update(new Map([['a/bias', Float32Array.of(-2)]]), RATE, 1);
    const mean = (0.9 * 0.1 * 1 + 0.1 * -2) / (1 - 0.9 ** 2);
    const square = (0.999 * 0.001 * 1 + 0.001 * 4) / (1 - 0.999 ** 2);
    expect(weights.get('a/bias')?.data[0]).toBeCloseTo(-RATE - (RATE * mean) / Math.sqrt(square), 6);
  });
});
