import '@tensorflow/tfjs';
import { createRandom, type Shape } from '@featurescope/core';
import { bareModel, memoryState, tinyModel } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { cellsOf } from '../../src/transfer/cells.js';
import type { TransferOptions } from '../../src/transfer/options.js';
import { planned } from '../../src/transfer/plan.js';
import { transfer } from '../../src/transfer/transfer.js';
import { colours, drawings, smallModel, tried } from './world.js';

/** Regularisation that need not be chosen. */
const fixed = { c: 1, l2: 0.01 };
const quick = { ...fixed, layers: ['gap'], perClass: [2], folds: 2, scratch: false };

describe('transfer', () => {
  it('has the columns that scripts read, a row for each features, classifier and number', async () => {
    const { table, rows } = await tried(
      transfer({ ...fixed, layers: ['gap', '@input'], perClass: [3, 1, 3], folds: 2, scratchEpochs: 1, testPerClass: 2 }),
    );
    expect(table('transfer')?.columns).toEqual(['features', 'classifier', 'perClass', 'mean', 'deviation', 'folds']);
    expect(rows('transfer').map(([features, classifier, perClass]) => [features, classifier, perClass])).toEqual([
      ...['input', 'gap'].flatMap((features) => ['softmax', 'svm'].flatMap((by) => [1, 3].map((n) => [features, by, n]))),
      ['scratch', 'softmax', 1],
      ['scratch', 'softmax', 3],
    ]);
    for (const [, , , mean, deviation, folds] of rows('transfer')) {
      expect(mean).toBeGreaterThanOrEqual(0);
      expect(mean).toBeLessThanOrEqual(100);
      expect(deviation).toBeGreaterThanOrEqual(0);
      expect(folds).toBe(2);
    }
  });

  it('means what the table of classes says', async () => {
    const dataset = colours({ counts: [6, 5, 9], signal: 0.1 });
    const { rows } = await tried(transfer({ ...quick, folds: 3, testPerClass: 4, classifiers: ['svm'] }), { dataset });
    const classes = rows('classes');
    expect(classes.map((row) => row[7])).toEqual([4, 3, 4, 4, 3, 4, 4, 3, 4]);
    const folds = [1, 2, 3].map((fold) => {
      const own = classes.filter((row) => row[3] === fold).map((row) => (100 * Number(row[6])) / Number(row[7]));
      return own.reduce((sum, value) => sum + value, 0) / 3;
    });
    const mean = folds.reduce((sum, value) => sum + value, 0) / 3;
    const deviation = Math.sqrt(folds.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2);
    expect(rows('transfer')[0]?.[3]).toBeCloseTo(mean, 2);
    expect(rows('transfer')[0]?.[4]).toBeCloseTo(deviation, 2);
  });

  it('finds classes that are plain to see, by both classifiers and with a strength of its own choice', async () => {
    const { rows, table } = await tried(transfer({ layers: ['@input'], perClass: [3], folds: 2, scratch: false }));
    expect(rows('transfer').map((row) => row[3])).toEqual([100, 100]);
    expect(table('transfer')?.description).toMatch(/over folds; colours, 2 folds$/);
  });

  it('finds nothing where there is nothing to find', async () => {
    const dataset = colours({ each: 60, signal: 0 });
    const { rows } = await tried(transfer({ layers: ['gap'], perClass: [20], folds: 3, scratch: false, testPerClass: 40 }), { dataset });
    // 360 decisions at 1/3 deviate by 2.5 % from chance; four times that.
    for (const row of rows('transfer')) expect(Math.abs(Number(row[3]) - 100 / 3)).toBeLessThan(10);
  });

  it('trains from scratch: the loss falls, and classes that are plain to see are learned', async () => {
    const { series, rows } = await tried(
      transfer({ ...fixed, layers: ['gap'], perClass: [5], folds: 1, scratchEpochs: 25, scratchRate: 0.05, scratchBatch: 5 }),
    );
    const loss = series('scratch loss 5 fold 1');
    expect(loss.length).toBe(25);
    expect(loss.at(-1)).toBeLessThan(0.5 * (loss[0] ?? 0));
    const [features, , , mean, deviation] = rows('transfer').at(-1) ?? [];
    expect(features).toBe('scratch');
    expect(mean).toBeGreaterThan(80);
    expect(deviation).toBe('');
  });

  it('takes some of the classes, and leaves out those with too few pictures', async () => {
    const dataset = colours({ counts: [8, 2, 8] });
    const { rows, warnings } = await tried(transfer({ ...quick, perClass: [3] }), { dataset });
    expect(new Set(rows('classes').map((row) => row[4]))).toEqual(new Set(['red', 'blue']));
    expect(warnings).toEqual([
      'transfer: 1 class(es) are left out, since they have too few pictures for the largest --per-class and one to test on: "green" has 2 picture(s).',
    ]);
    const named = await tried(transfer({ ...quick, classes: ['blue', 'red'] }));
    expect(new Set(named.rows('classes').map((row) => row[4]))).toEqual(new Set(['blue', 'red']));
  });

  it('shows drawings to a network of photos', async () => {
    const { rows } = await tried(transfer({ ...quick, perClass: [4], classifiers: ['svm'] }), { dataset: drawings(12) });
    expect(Number(rows('transfer')[0]?.[3])).toBeGreaterThan(70);
  });

  it('says when the network cannot be made for other classes, and goes on without it', async () => {
    const { warnings, rows } = await tried(transfer({ ...quick, layers: ['conv'], scratch: true }), {
      createModel: () => bareModel(3),
      dataset: drawings(4),
    });
    expect(warnings).toEqual([
      'transfer: bare is not trained from scratch, since its class scores "conv" would not be one number a class after its last layer is made for other classes.',
    ]);
    expect(rows('transfer').map(([features]) => features)).toEqual(['conv', 'conv']);
  });

  it('says when the classes are not new, and what has no effect', async () => {
    const { warnings } = await tried(
      transfer({ ...quick, layers: ['gap'], classifiers: ['svm'], pool: 'max', grid: 2, scratchEpochs: 3 }),
      { dataset: colours({ labels: ['sky', 'sea', 'water'] }) },
    );
    expect(warnings).toEqual([
      '--l2 has no effect since --classifiers has no softmax',
      '--grid has no effect since no layer has a larger map',
      '--pool has no effect since no map is pooled; lower --features or give --grid',
      '--scratch-epochs has no effect since nothing is trained from scratch',
      'transfer: small was itself trained on 2 of these classes, by name (sky, water): this is no transfer to unseen classes, and pictures that it was trained on may be among those it is tested on.',
    ]);
  });
});

describe('transfer, killed', () => {
  const options = { ...fixed, layers: ['pool1', 'gap'], perClass: [1, 2], folds: 2, testPerClass: 3, scratchEpochs: 2, scratchBatch: 3 };

  it('goes on to the same results from wherever it was killed, without doing again what is done', async () => {
    const whole = await tried(transfer(options));
    const steps = whole.events.length;
    for (const part of [0.2, 0.5, 0.9]) {
      const state = memoryState();
      let seen = 0;
      const before = await tried(transfer(options), { state, until: () => ++seen > part * steps });
      const after = await tried(transfer(options), { state });
      expect(after.warnings).toEqual([]);
      expect(after.artifacts).toEqual(whole.artifacts);
      // A training that was killed in the middle is the only one that is done twice.
      expect(before.shown.trainings + after.shown.trainings).toBeLessThanOrEqual(whole.shown.trainings + 1);
      if (part > 0.8) expect(after.shown.count).toBeLessThan(whole.shown.count);
    }
  });

  it('starts anew when the saved state is of another study or damaged', async () => {
    const state = memoryState();
    await tried(transfer({ ...quick, perClass: [1] }), { state });
    const other = await tried(transfer(quick), { state });
    expect(other.warnings).toEqual(['transfer: what was saved is of another study or damaged; it starts anew.']);
    expect(other.artifacts).toEqual((await tried(transfer(quick))).artifacts);
    state.saved = new Uint8Array([123, 1]);
    expect((await tried(transfer(quick), { state })).warnings.length).toBe(1);
  });

  it('leaves no tensor behind when it is aborted while it trains from scratch', async () => {
    const cancelling = new AbortController();
    const before = tf.memory().numTensors;
    await expect(
      tried(transfer({ ...options, scratchEpochs: 50 }), {
        signal: cancelling.signal,
        until: (event) => {
          if (event.type === 'metric' && event.series.startsWith('scratch loss')) cancelling.abort();
          return false;
        },
      }),
    ).rejects.toThrow(/abort/i);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('what transfer refuses', () => {
  const refused = async (options: Parameters<typeof transfer>[0], trial: Parameters<typeof tried>[1] = {}) =>
    tried(transfer(options), trial).then(
      () => 'nothing',
      (error: unknown) => String(error),
    );

  it('classes that do not exist, are named twice or have too few pictures', async () => {
    expect(await refused({ ...quick, classes: ['red', 'grene'] })).toMatchInlineSnapshot(
      `"FeaturescopeError: transfer: the data set colours has no class "grene". Did you mean "green", "red" or "blue"?"`,
    );
    expect(await refused({ ...quick, classes: ['red', 'red'] })).toMatchInlineSnapshot(
      `"FeaturescopeError: transfer: --classes names "red" twice. Expected each class once."`,
    );
    expect(await refused({ ...quick, classes: ['red', 'blue'], perClass: [8] })).toMatchInlineSnapshot(
      `"FeaturescopeError: transfer: of the classes given by --classes, "red" has 8 picture(s), "blue" has 8 picture(s) in colours; expected at least 9 of each, the largest --per-class and one to test on. Lower --per-class, or leave the class out."`,
    );
    expect(await refused({ ...quick, perClass: [8] })).toMatchInlineSnapshot(
      `"FeaturescopeError: transfer: 0 class(es) of colours have at least 9 pictures, the largest --per-class and one to test on; expected at least 2. The class with most has 8: lower --per-class."`,
    );
  });

  it('a data set without classes, arrays of another shape and layers that do not exist', async () => {
    expect(await refused(quick, { dataset: { ...colours(), labels: [] } })).toMatchInlineSnapshot(
      `"FeaturescopeError: transfer: the pictures of the data set colours have no classes. Expected labelled pictures: a folder or archive with one folder per class, a .csv table of paths and labels, or a CIFAR .bin file."`,
    );
    expect(await refused({ ...quick, layers: ['conv1'] }, { createModel: () => tinyModel() })).toMatchInlineSnapshot(
      `"FeaturescopeError: transfer: the array "green/0" of the data set has shape [4, 4, 3], but tiny takes [12, 10, 3]. Expected arrays of that shape, pictures or drawings."`,
    );
    expect(await refused({ ...quick, layers: ['gapp'] })).toMatchInlineSnapshot(
      `"FeaturescopeError: The network has no layer "gapp". Did you mean "gap", "fc" or "prob"? A layer is addressed by its exact name or by its index, 1 to 6."`,
    );
  });

  it('more numbers than fit into memory', async () => {
    const labels = Array.from({ length: 20_000 }, (_, i) => i % 2);
    const dataset = { ...colours({ labels: ['a', 'b'] }), size: labels.length };
    const model = await smallModel();
    const plan = (map: Shape, size: number, perClass: number) => {
      const options = transfer({ perClass: [perClass], testPerClass: 1, folds: 1, features: 262_144 }).options as TransferOptions;
      const context = { model: { ...model, input: { ...model.input, size: [size, size] as const } }, random: createRandom(1) };
      return () => planned(context, dataset, labels, [{ name: 'conv1', index: 1, shape: map, cells: cellsOf(map, options) }], options);
    };
    expect(plan([2, 2, 6], 4, 9000)).not.toThrow();
    expect(plan([64, 64, 6], 4, 9000)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: transfer: 24576 features of each of 18002 pictures of a fold need 1.6 GB; at most 1 GB is held. Lower --features, --per-class or --test-per-class, or name fewer --layers.]`,
    );
    expect(plan([2, 2, 6], 128, 9000)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: transfer: 18000 pictures to train on from scratch need 3.3 GB as network inputs; at most 1 GB is held. Lower --per-class, or leave out the comparison (--no-scratch).]`,
    );
    model.dispose();
  });
});
