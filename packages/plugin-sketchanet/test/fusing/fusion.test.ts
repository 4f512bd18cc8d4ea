import '@tensorflow/tfjs';
import { memoryState } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { fusion } from '../../src/fusing/fusion.js';
import { FUSIONS } from '../../src/fusing/options.js';
import { wilsonInterval } from '../../src/fusion/interval.js';
import { foldOf } from '../../src/training/collection.js';
import { CLASSES, datasetOf, ignorant, tinyDrawings, tinyNetwork, tried } from './tiny-ensemble.js';

const drawings = tinyDrawings();
const dataset = datasetOf(drawings);
const split = { folds: 3, fold: 1 };
const heldOut = (...folds: readonly number[]) => drawings.filter(({ id }) => folds.includes(foldOf(id, 3)));
const good = () => tinyNetwork({ name: 'good', split });
const poor = (name = 'poor') => tinyNetwork({ name, split, weightOf: ignorant(name) });
const quick = { views: 1, components: 3 } as const;

describe('fusion', () => {
  it('gives a perfect network accuracy 1 on the drawings of its fold, with Wilson’s interval', async () => {
    const { table, row } = await tried(fusion({ ensemble: ['good'], ...quick }), { networks: { good: good() }, dataset });
    expect(table('fusion')?.columns.slice(0, 5)).toEqual(['method', 'accuracy', 'low', 'high', 'n']);
    expect(table('fusion')?.rows.map(([method]) => method)).toEqual(['good', ...FUSIONS]);
    const n = heldOut(1).length;
    expect(row('fusion', 'good')).toMatchObject(wilsonInterval(n, n));
    for (const method of FUSIONS) expect(row('fusion', method)).toMatchObject({ accuracy: 1, n });
  });

  it('counts what a poor network decides as it does by itself', async () => {
    const { table, row } = await tried(fusion({ ensemble: ['poor'], ...quick, methods: ['mean'] }), {
      networks: { poor: poor() },
      dataset,
    });
    const rows = table('decisions')?.rows ?? [];
    const right = rows.filter(([, , label, decided]) => label === decided).length;
    expect(right).toBeLessThan(rows.length);
    expect(row('fusion', 'poor')).toMatchObject(wilsonInterval(right, rows.length));
    const confusion = table('confusion')?.rows ?? [];
    expect(confusion.reduce((sum, [, ...counts], label) => sum + Number(counts[label]), 0)).toBe(right);
    expect(table('mix-ups')?.rows.reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(rows.length - right);
  });

  it('fuses equal networks to the same decisions by mean and weights', async () => {
    const networks = { a: poor(), b: poor(), c: poor() };
    const { table } = await tried(fusion({ ensemble: ['a', 'b', 'c'], ...quick, methods: ['mean', 'weighted'] }), { networks, dataset });
    expect(table('fusion')?.rows.map(([name]) => name)).toEqual(['poor', 'poor (2)', 'poor (3)', 'mean', 'weighted']);
    for (const [, , , first, ...others] of table('decisions')?.rows ?? []) expect(new Set([first, ...others]).size).toBe(1);
  });

  it('follows given weights', async () => {
    const networks = { good: good(), poor: poor() };
    const options = { ensemble: ['good', 'poor'], ...quick, methods: ['weighted'] } as const;
    const only = async (weights: number[]) =>
      (
        await tried(fusion({ ...options, ensemble: [...options.ensemble], methods: ['weighted'], weights }), {
          networks: { good: good(), poor: poor() },
          dataset,
        })
      ).row('fusion', 'weighted')['accuracy'];
    const { row } = await tried(fusion({ ...options, ensemble: [...options.ensemble], methods: ['weighted'] }), { networks, dataset });
    expect(await only([1, 0])).toBe(1);
    expect(await only([0, 1])).toBe(row('fusion', 'poor')['accuracy']);
    expect(row('fusion', 'weighted')['accuracy']).toBe(1);
  });

  it('tests no drawing that was learned from, and each held-out one once', async () => {
    const { table } = await tried(fusion({ ensemble: ['good'], ...quick }), { networks: { good: good() }, dataset });
    const tested = table('decisions')?.rows.map(([id]) => id) ?? [];
    expect([...tested].sort()).toEqual(
      heldOut(1)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('pools the drawings of all folds whose networks are given', async () => {
    const at = (fold: number, name: string, known: boolean) =>
      tinyNetwork({ name, split: { folds: 3, fold }, ...(known ? {} : { weightOf: ignorant('x') }) });
    const networks = { a: at(1, 'net', true), b: at(2, 'net-fold-2', false), c: at(3, 'net-fold-3', true) };
    const { row, table } = await tried(fusion({ ensemble: ['b', 'c', 'a'], ...quick, methods: ['mean'] }), { networks, dataset });
    expect(table('fusion')?.rows.map(([name]) => name)).toEqual(['net', 'mean']);
    const rows = table('decisions')?.rows ?? [];
    const wrong = rows.filter(([, fold, label, decided]) => fold === 2 && label !== decided).length;
    expect(wrong).toBeGreaterThan(0);
    expect(row('fusion', 'net')).toMatchObject(wilsonInterval(drawings.length - wrong, drawings.length));
    for (const [id, fold] of rows) expect(fold).toBe(foldOf(String(id), 3));
  });

  it('does not depend on the order of the networks but in the order of its rows', async () => {
    const given = () => ({ one: poor('one'), two: poor('two'), three: poor('three') });
    const at = async (ensemble: string[]) =>
      (await tried(fusion({ ensemble, ...quick }), { networks: given(), dataset })).table('fusion')?.rows.map((row) => row.slice(0, 5)) ??
      [];
    const byName = (rows: readonly (readonly unknown[])[]) => [...rows].sort((a, b) => String(a[0]).localeCompare(String(b[0])));
    const [first, other] = [await at(['one', 'two', 'three']), await at(['three', 'one', 'two'])];
    expect(byName(other)).toEqual(byName(first));
    expect(other.slice(0, 3).map(([name]) => name)).toEqual(['three', 'one', 'two']);
  });

  it('goes on after a kill without showing again what was seen, to the same tables', async () => {
    const given = () => ({ good: good(), poor: poor() });
    const configured = fusion({ ensemble: ['good', 'poor'], ...quick, views: 10 });
    const whole = await tried(configured, { networks: given(), dataset });
    const state = memoryState();
    const killed = await tried(configured, { networks: given(), dataset, state, until: () => state.saved !== undefined });
    const resumed = await tried(configured, { networks: given(), dataset, state });
    expect(killed.shown).toBeGreaterThan(0);
    expect(resumed.shown).toBeLessThanOrEqual(whole.shown - heldOut(1).length * 10);
    expect(resumed.artifacts).toEqual(whole.artifacts);
  });

  it('reads again what was saved of other weights', async () => {
    const state = memoryState();
    await tried(fusion({ ensemble: ['net'], ...quick, methods: ['mean'] }), { networks: { net: good() }, dataset, state });
    const { row } = await tried(fusion({ ensemble: ['net'], ...quick, methods: ['mean'] }), { networks: { net: poor() }, dataset, state });
    expect(row('fusion', 'poor')['accuracy']).toBeLessThan(1);
  });

  it('takes at most so many drawings of a class', async () => {
    const { row } = await tried(fusion({ ensemble: ['good'], ...quick, limit: 1, methods: ['mean', 'svm'] }), {
      networks: { good: good() },
      dataset,
    });
    expect(row('fusion', 'svm')['n']).toBe(CLASSES.length);
  });

  it('says what has no effect', async () => {
    const options = {
      ensemble: ['good'],
      views: 1,
      methods: ['mean'],
      k: 3,
      em: 'exact',
      components: 2,
      l2: 1,
      c: 1,
      weights: [1],
      galleryViews: 1,
    } as const;
    const { warnings } = await tried(fusion({ ...options, ensemble: ['good'], methods: ['mean'], weights: [1], folds: 3, fold: 1 }), {
      networks: { good: good() },
      dataset,
    });
    expect(warnings.map((message) => message.slice(0, message.indexOf(' ha')))).toEqual([
      '--weights',
      '--l2',
      '--c',
      '--k',
      '--em',
      '--components',
      '--gallery-views',
      'fusion: --folds and --fold',
    ]);
  });
});

describe('fusion refuses', () => {
  const failure = async (options: Parameters<typeof fusion>[0], networks: Parameters<typeof tried>[1]['networks'], given = true) =>
    tried(fusion({ ...quick, ...options }), { networks, ...(given && { dataset }) }).then(
      () => 'no error',
      (error: Error) => error.message,
    );

  it('networks with other classes', async () => {
    const other = tinyNetwork({ name: 'other', split, labels: [...CLASSES].reverse() });
    expect(await failure({ ensemble: ['good', 'other'] }, { good: good(), other })).toMatchInlineSnapshot(
      `"fusion: the networks good-file and other-file have different classes, or in another order. An ensemble needs the same."`,
    );
  });

  it('networks that do not tell what they were trained on, but not when it is said', async () => {
    const silent = () => tinyNetwork({ name: 'silent' });
    expect(await failure({ ensemble: ['silent'] }, { silent: silent() })).toMatchInlineSnapshot(
      `"fusion: the file of the network silent-file does not tell which drawings it was not trained on, so that no drawing is known to be new to it. Say so with --folds and --fold, or train it with \`featurescope train\` on drawings."`,
    );
    expect(await failure({ ensemble: ['silent'], folds: 3 }, { silent: silent() })).toMatchInlineSnapshot(
      `"fusion: --folds and --fold say together what was held out, but only one was given."`,
    );
    expect(await failure({ ensemble: ['silent'], folds: 3, fold: 4 }, { silent: silent() })).toMatchInlineSnapshot(
      `"fusion: --fold is 4, but --folds is 3. Expected 1 to 3."`,
    );
    expect(await failure({ ensemble: ['silent'], folds: 3, fold: 1, methods: ['mean'] }, { silent: silent() })).toBe('no error');
  });

  it('networks of different splits, and folds with different networks', async () => {
    const other = tinyNetwork({ name: 'other', split: { folds: 5, fold: 1 } });
    expect(await failure({ ensemble: ['good', 'other'] }, { good: good(), other })).toMatchInlineSnapshot(
      `"fusion: the drawings of the network good-file were split into 3 parts, those of other-file into 5. Parts of one split do not overlap and can be pooled; give networks of the same."`,
    );
    const second = tinyNetwork({ name: 'better-fold-2', split: { folds: 3, fold: 2 } });
    expect(await failure({ ensemble: ['good', 'second'] }, { good: good(), second })).toMatchInlineSnapshot(
      `"fusion: the networks of part 2 are better, those of part 1 are good. To pool parts, give the same networks of each: their trainings' names may only differ in -fold-2 at the end."`,
    );
  });

  it('no drawings, none of a class, and none held out', async () => {
    expect(await failure({ ensemble: ['good'] }, { good: good() }, false)).toMatchInlineSnapshot(
      `"fusion: no drawings were given. Name a collection with --dataset, such as the one the networks were trained on (.ndjson, packed or not, .tar.gz or a folder)."`,
    );
    const message = (given: typeof drawings) =>
      tried(fusion({ ensemble: ['good'], ...quick }), { networks: { good: good() }, dataset: datasetOf(given) }).then(
        () => 'no error',
        (error: Error) => error.message,
      );
    expect(await message([])).toMatchInlineSnapshot(`"The data set lines has no drawings of "floor", "high", "low", "top"."`);
    expect(await message(drawings.filter(({ label }) => label !== 2))).toBe('no error');
    expect(await message(drawings.filter(({ id }) => foldOf(id, 3) !== 1))).toMatchInlineSnapshot(
      `"fusion: of the drawings of lines, none would be held out in part 1 of 3. Give a collection with more drawings."`,
    );
  });

  it('an unknown method and weights that do not fit', async () => {
    expect(() => fusion({ methods: ['median'] as never })).toThrowErrorMatchingInlineSnapshot(`
      [FeaturescopeError: Visualizer "fusion" was given a wrong option:
        "methods": given ["median"], expected "all", or "mean", "weighted", "softmax", "svm" or "joint-bayesian".]
    `);
    expect(await failure({ ensemble: ['good'], weights: [1, 2] }, { good: good() })).toMatchInlineSnapshot(
      `"The weights [1,2] do not fit 1 network(s). Expected 1 number(s) of at least 0 that are not all 0."`,
    );
  });
});
