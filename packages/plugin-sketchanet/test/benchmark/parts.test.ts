import '@tensorflow/tfjs';
import { createRandom, decide, linearScores, linearSvmOptions, type Rows, selectRows, trainLinearSvm } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { architectureOf, publishedFor } from '../../src/benchmark/published.js';
import { columnsFor, selectColumns } from '../../src/benchmark/restrict.js';
import { namedSource } from '../../src/benchmark/sources.js';
import { chosenPrice, svmDecisions } from '../../src/benchmark/support-vectors.js';
import { partOf } from '../../src/fusing/held-out.js';
import { sketch } from '../support.js';

describe('what was published', () => {
  it('belongs to an architecture, which a file names alone or with its options', () => {
    const trained = (architecture: unknown) => ({ details: { training: { architecture } } });
    expect(publishedFor(architectureOf(trained('lenet')))).toBe(0.552);
    expect(publishedFor(architectureOf(trained({ name: 'alexnet', options: { width: 0.25 } })))).toBe(0.686);
    expect(publishedFor(architectureOf(trained({ name: 'sketchANet' })))).toBeUndefined();
    expect(architectureOf({})).toBeUndefined();
  });
});

describe('the price of a support vector machine', () => {
  const labels = Array.from({ length: 48 }, (_, i) => i % 3);
  const random = createRandom('features');
  const features: Rows = {
    columns: 6,
    data: Float64Array.from(labels.flatMap((label) => [0, 1, 2, 3, 4, 5].map((j) => 2 * random.normal() + (j === label ? 1.5 : 0)))),
  };
  const examples = labels.map((label, i) => ({ id: `id-${i}`, drawing: sketch(), label }));
  const settings = { classes: 3, random: createRandom(1), signal: new AbortController().signal };
  const prices = [3, 1e-5, 0.01, 0.1];

  /** Right decisions in cross-validation, written down plainly. */
  const rightAt = (c: number): number =>
    [0, 1, 2].reduce((sum, part) => {
      const [inside, outside] = [true, false].map((wanted) =>
        labels.flatMap((_, i) => ((partOf(`id-${i}`, 3, 'svm') === part) === wanted ? [i] : [])),
      );
      const on = (places: readonly number[] = []) => ({ rows: selectRows(features, places), labels: places.map((i) => labels[i] ?? 0) });
      const [learned, tested] = [on(outside), on(inside)];
      const classifier = trainLinearSvm(
        learned.rows,
        learned.labels,
        3,
        linearSvmOptions.parse({ c, tolerance: 0.1 }),
        settings.random.fork(c),
      );
      return sum + decide(linearScores(classifier, tested.rows)).filter((label, i) => label === tested.labels[i]).length;
    }, 0);

  it('is the one with the most right decisions on parts that were left out, of equals the lowest', async () => {
    const right = prices.map(rightAt);
    expect(new Set(right).size).toBeGreaterThan(1);
    const best = prices.filter((_, i) => right[i] === Math.max(...right)).sort((a, b) => a - b)[0];
    expect(await chosenPrice({ features, examples }, { ...settings, prices })).toBe(best);
    expect((await svmDecisions({ features, examples }, features, { ...settings, prices })).note).toBe(`C ${best}`);
  });

  it('is taken as it is when there is one', async () => {
    expect(await chosenPrice({ features, examples }, { ...settings, prices: [7] })).toBe(7);
  });

  it('is not looked for after an abort', async () => {
    await expect(chosenPrice({ features, examples }, { ...settings, prices, signal: AbortSignal.abort() })).rejects.toThrow();
  });
});

it('classes are found under other spellings, in the order that is wanted', () => {
  const columns = columnsFor('net', ['cat', 'Paper_Clip', 'golf club', 'dog'], ['dog', 'paper clip']);
  expect(columns).toEqual([3, 1]);
  expect([...selectColumns({ columns: 4, data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) }, columns).data]).toEqual([4, 2, 8, 6]);
});

it('a network is named as name=file, or by its file', () => {
  expect(namedSource('LeNet = out/lenet.safetensors')).toEqual({ name: 'LeNet', source: 'out/lenet.safetensors' });
  expect(namedSource('out/a=b.onnx')).toEqual({ source: 'out/a=b.onnx' });
  expect(namedSource('doodlenet')).toEqual({ source: 'doodlenet' });
});
