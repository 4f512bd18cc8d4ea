import { type CompiledNetwork, measureAccuracy, type TrainingExamples } from '@featurescope/core';
import { memory, setBackend } from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';

const CLASSES = 7;

/** Scores of an example; the class with the largest one is its number modulo 7. */
const score = (index: number, c: number): number => ((c - index + 10 * CLASSES * 1000) % CLASSES === 0 ? 3 : Math.sin(index * CLASSES + c));

/** Examples whose pixels are the scores; every third has a wrong label. */
const examples = (count: number): TrainingExamples => {
  const write = (index: number, target: Float32Array, at: number): void => {
    for (let c = 0; c < CLASSES; c++) target[at + c] = score(index, c);
  };
  const labels = Int32Array.from({ length: count }, (_, i) => (i % 3 === 0 ? i + 1 : i) % CLASSES);
  return { labels, classes: [], height: 1, width: 1, channels: CLASSES, write, writeDistorted: write } as unknown as TrainingExamples;
};

/** A network that gives its input. */
const identity = (sizes: number[]): CompiledNetwork =>
  ({
    forward: async (input: Tensor4D) => {
      sizes.push(input.shape[0]);
      return new Map([['scores', input.clone()]]);
    },
  }) as unknown as CompiledNetwork;

beforeAll(() => setBackend('cpu'));

describe('the accuracy of a network', () => {
  // 251 and 503 have no divisors; 250 fit into a batch.
  it.each([1, 2, 250, 251, 500, 503])('counts each of %i examples once', async (count) => {
    const { labels } = examples(count);
    const before = memory().numTensors;
    const sizes: number[] = [];
    const measured = await measureAccuracy(identity(sizes), 'scores', examples(count));
    let [loss, right] = [0, 0];
    for (const [i, label] of labels.entries()) {
      const scores = Array.from({ length: CLASSES }, (_, c) => Math.fround(score(i, c)));
      loss += Math.log(scores.reduce((sum, value) => sum + Math.exp(value), 0)) - (scores[label] ?? 0);
      if (i % 3 !== 0) right++;
    }
    expect(measured.pictures).toBe(count);
    expect(measured.top1).toBeCloseTo(right / count, 10);
    expect(measured.loss).toBeCloseTo(loss / count, 6);
    expect(sizes).toHaveLength(Math.ceil(count / 250));
    expect(new Set(sizes).size).toBe(1);
    expect(memory().numTensors).toBe(before);
  });
});
