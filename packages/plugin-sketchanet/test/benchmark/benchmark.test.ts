import '@tensorflow/tfjs';
import { memoryState } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { benchmark } from '../../src/benchmark/benchmark.js';
import { foldOf } from '../../src/training/collection.js';
import { CLASSES, datasetOf, ignorant, perfect, tinyDrawings, tinyNetwork, tried } from '../fusing/tiny-ensemble.js';

const drawings = tinyDrawings();
const dataset = datasetOf(drawings);
const split = { folds: 3, fold: 1 };
const heldOut = drawings.filter(({ id }) => foldOf(id, 3) === 1);
const good = (fold = 1) => tinyNetwork({ name: fold === 1 ? 'good' : `good-fold-${fold}`, split: { folds: 3, fold } });
const quick = { ensemble: ['good'], views: 1, components: 3, hogSize: 64, c: [0.1] } satisfies Parameters<typeof benchmark>[0];

describe('benchmark', () => {
  it('has rows of HOG, networks and ensemble, each on the drawings that are held out', async () => {
    const { table, row } = await tried(benchmark(quick), { networks: { good: good() }, dataset });
    expect(table('networks')?.columns.slice(0, 6)).toEqual(['model', 'accuracy', 'low', 'high', 'n', 'published']);
    expect(table('networks')?.rows.map(([model]) => model)).toEqual(['HOG + SVM', 'good', 'ensemble: mean', 'ensemble: joint-bayesian']);
    for (const [model, published] of [
      ['HOG + SVM', 0.56],
      ['good', ''],
      ['ensemble: mean', ''],
      ['ensemble: joint-bayesian', 0.749],
    ] as const)
      expect(row('networks', model)).toMatchObject({ accuracy: 1, high: 1, n: heldOut.length, published, folds: '1' });
  });

  it('has rows of what else is given, under the names that are given', async () => {
    const networks = {
      good: good(),
      'out/lenet.safetensors': tinyNetwork({ name: 'le', split, architecture: 'lenet', weightOf: ignorant('a') }),
      'out/alex.safetensors': tinyNetwork({ name: 'alex', split, architecture: 'alexnet' }),
      other: tinyNetwork({ name: 'photos', labels: ['x', 'y', 'z'], weightOf: (row, feature) => perfect(row, feature) }),
    };
    const { table, row } = await tried(
      benchmark({ ...quick, networks: ['LeNet=out/lenet.safetensors', 'out/alex.safetensors'], featuresOf: 'other' }),
      { networks, dataset },
    );
    expect(table('networks')?.rows.map(([model]) => model)).toEqual([
      'HOG + SVM',
      'photos-file features + SVM',
      'LeNet',
      'alex',
      'good',
      'ensemble: mean',
      'ensemble: joint-bayesian',
    ]);
    expect(row('networks', 'alex')).toMatchObject({ accuracy: 1, published: 0.686 });
    expect(row('networks', 'LeNet')['published']).toBe(0.552);
    expect(row('networks', 'LeNet')['accuracy']).toBeLessThan(1);
    expect(row('networks', 'photos-file features + SVM')).toMatchObject({ published: 0.671, n: heldOut.length });
  });

  it('lets only the classes of the data count in a network that knows more', async () => {
    const labels = ['sky', 'Top', 'low', 'HIGH', 'floor'];
    const weightOf = (row: number, feature: number): number =>
      feature === 0 ? 100 : perfect(row, CLASSES.indexOf((labels[feature] ?? '').toLowerCase()));
    const networks = { good: good(), doodles: tinyNetwork({ name: 'doodles', labels, weightOf }) };
    const { row } = await tried(benchmark({ ...quick, pretrained: ['doodles'] }), { networks, dataset });
    expect(row('networks', 'doodles-file')).toMatchObject({ accuracy: 1, n: heldOut.length, published: '' });
    expect(row('networks', 'doodles-file')['note']).toMatch(/^4 of its 5 classes; trained on drawings that are not known/);
  });

  it('pools folds, also where a network is given for one alone', async () => {
    const networks = { a: good(1), b: good(2), c: good(3), one: tinyNetwork({ name: 'one', split: { folds: 3, fold: 2 } }) };
    const { row } = await tried(benchmark({ ...quick, ensemble: ['c', 'a', 'b'], networks: ['one'] }), { networks, dataset });
    for (const model of ['HOG + SVM', 'good', 'ensemble: mean', 'ensemble: joint-bayesian'])
      expect(row('networks', model)).toMatchObject({ accuracy: 1, n: drawings.length, folds: '1 2 3' });
    expect(row('networks', 'one')).toMatchObject({ n: drawings.filter(({ id }) => foldOf(id, 3) === 2).length, folds: '2' });
  });

  it('chooses C without regard to what is held out', async () => {
    const options = { ...quick, c: [0.0001, 0.1, 3] };
    const turned = drawings.map((one) => (foldOf(one.id, 3) === 1 ? { ...one, label: (one.label + 1) % CLASSES.length } : one));
    const [first, other] = [
      await tried(benchmark(options), { networks: { good: good() }, dataset }),
      await tried(benchmark(options), { networks: { good: good() }, dataset: datasetOf(turned) }),
    ];
    expect(other.row('networks', 'HOG + SVM')['accuracy']).toBe(0);
    expect(other.row('networks', 'HOG + SVM')['note']).toBe(first.row('networks', 'HOG + SVM')['note']);
    expect(first.row('networks', 'HOG + SVM')['note']).toMatch(/^C 0\.\d+$/);
  });

  it('goes on after a kill to the same table', async () => {
    const given = () => ({ good: good(), one: tinyNetwork({ name: 'one', split, weightOf: ignorant('b') }) });
    const configured = benchmark({ ...quick, networks: ['one'] });
    const whole = await tried(configured, { networks: given(), dataset });
    const state = memoryState();
    await tried(configured, { networks: given(), dataset, state, until: () => state.saved !== undefined });
    const resumed = await tried(configured, { networks: given(), dataset, state });
    expect(resumed.shown).toBeLessThan(whole.shown);
    expect(resumed.artifacts).toEqual(whole.artifacts);
  });

  it('says what has no effect', async () => {
    const { warnings } = await tried(benchmark({ ...quick, featuresLayer: 'fc7', folds: 3, fold: 1 }), {
      networks: { good: good() },
      dataset,
    });
    expect(warnings).toEqual([
      'benchmark: --folds and --fold have no effect, since the files of all networks tell which part was held out.',
      'benchmark: --features-layer has no effect without --features-of.',
    ]);
  });
});

describe('benchmark refuses', () => {
  const failure = (options: Parameters<typeof benchmark>[0], others: Parameters<typeof tried>[1]['networks'] = {}, given = true) =>
    tried(benchmark({ ...quick, ...options }), { networks: { good: good(), ...others }, ...(given && { dataset }) }).then(
      () => 'no error',
      (error: Error) => error.message,
    );
  const photos = () => tinyNetwork({ name: 'photos', split, labels: ['sky', 'high'] });

  it('networks with other classes', async () => {
    expect(await failure({ networks: ['photos'] }, { photos: photos() })).toMatchInlineSnapshot(
      `"benchmark: the network photos-file has other classes than the ensemble, or in another order. Train it on the same, or name it with --pretrained when it knows them among others."`,
    );
    expect(await failure({ pretrained: ['photos'] }, { photos: photos() })).toMatchInlineSnapshot(
      `"benchmark: the network photos-file does not know "floor", "low", "top". Expected one whose labels have all classes of the ensemble. Did you mean "sky" or "high"?"`,
    );
  });

  it('a layer that is not there, and no drawings', async () => {
    expect(await failure({ featuresOf: 'photos', featuresLayer: 'featurs' }, { photos: photos() })).toMatchInlineSnapshot(
      `"The network has no layer "featurs". Did you mean "features" or "score"? A layer is addressed by its exact name or by its index, 1 to 2."`,
    );
    expect(await failure({}, {}, false)).toMatchInlineSnapshot(
      `"benchmark: no drawings were given. Name a collection with --dataset, such as the one the networks were trained on (.ndjson, packed or not, .tar.gz or a folder)."`,
    );
  });
});
