import { type Dataset, type DatasetItem, FeaturescopeError } from '@featurescope/core';
import { syntheticDrawing } from '@featurescope/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aboutAbsent, collectDrawings, foldOf, splitCollection } from '../../src/training/collection.js';

/** Drawings of cats, dogs and one bird; every dog comes in a second form. */
function dataset(): Dataset {
  const labels = ['bird', 'cat', 'dog'];
  const item = (label: number, id: string): DatasetItem => ({
    kind: 'drawing',
    name: `file#${id}`,
    label,
    id,
    drawing: syntheticDrawing(id, 2),
  });
  const items = [
    ...Array.from({ length: 40 }, (_, i) => item(1, `c${i}`)),
    ...Array.from({ length: 30 }, (_, i) => item(2, `d${i}`)),
    ...Array.from({ length: 30 }, (_, i) => ({ ...item(2, `d${i}`), drawing: syntheticDrawing(`other ${i}`, 3) }) as DatasetItem),
    item(0, 'b'),
    { kind: 'array', name: 'noise', shape: [1, 1, 1], values: new Float32Array(1) } as DatasetItem,
  ];
  return { name: 'zoo', size: items.length, labels, item: async (i) => items[i] ?? item(0, 'none') };
}

const messageOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'nothing thrown',
    (error: unknown) => (error instanceof FeaturescopeError ? error.message : 'another error'),
  );

describe('a collection', () => {
  it('has the classes with enough drawings, and each drawing once in its first form', async () => {
    const { classes, examples } = await collectDrawings(dataset(), { minDrawings: 20 });
    expect(classes).toEqual(['cat', 'dog']);
    expect(examples.map(({ label }) => label)).toEqual([...Array(40).fill(0), ...Array(30).fill(1)]);
    expect(new Set(examples.map(({ id }) => id)).size).toBe(70);
    expect(examples.at(-1)?.drawing.strokes).toHaveLength(2);
  });

  it('has the classes that are asked for, in that order', async () => {
    const { classes, examples } = await collectDrawings(dataset(), { classes: ['dog', 'bird'], minDrawings: 1 });
    expect(classes).toEqual(['dog', 'bird']);
    expect(examples.filter(({ label }) => label === 1).map(({ id }) => id)).toEqual(['b']);
  });

  it('may lack some of the classes that networks know, and says which', async () => {
    const some = await collectDrawings(dataset(), { classes: ['cat', 'horse', 'dog'], minDrawings: 0 });
    expect(some.classes).toEqual(['cat', 'horse', 'dog']);
    expect(new Set(some.examples.map(({ label }) => label))).toEqual(new Set([0, 2]));
    expect(aboutAbsent(some)).toMatchInlineSnapshot(`
      [
        "the data set has no drawings of 1 of the 3 classes (horse), which are not tested.",
      ]
    `);
    expect(aboutAbsent(await collectDrawings(dataset(), { classes: ['cat', 'dog'], minDrawings: 0 }))).toEqual([]);
    expect(await messageOf(collectDrawings(dataset(), { classes: ['horse', 'cow'], minDrawings: 0 }))).toContain(
      'has no drawings of "horse", "cow"',
    );
  });

  it('names what is missing', async () => {
    expect(await messageOf(collectDrawings(dataset(), { classes: ['cat', 'dogs'], minDrawings: 1 }))).toMatchInlineSnapshot(
      `"The data set zoo has no drawings of "dogs". Did you mean "dog", "cat" or "bird"?"`,
    );
    expect(await messageOf(collectDrawings(dataset(), { classes: ['cat', 'bird'], minDrawings: 2 }))).toMatchInlineSnapshot(
      `"There are 1 drawings of "bird", but minDrawings is 2. Leave the class out, or lower minDrawings."`,
    );
    expect(await messageOf(collectDrawings(dataset(), { minDrawings: 41 }))).toMatchInlineSnapshot(
      `"The data set zoo has fewer than two classes with 41 drawings. Give a collection of drawings (.ndjson), or lower minDrawings."`,
    );
  });
});

describe('a fold', () => {
  it('depends on the id alone and lies between 1 and the number of folds', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 2, max: 10 }), (id, folds) => {
        const fold = foldOf(id, folds);
        expect(Number.isInteger(fold) && fold >= 1 && fold <= folds).toBe(true);
        expect(foldOf(id, folds)).toBe(fold);
      }),
    );
  });

  it('holds about as many drawings as another', () => {
    const counts = [0, 0, 0];
    for (let i = 0; i < 3000; i++) {
      const fold = foldOf(`${4_000_000_000_000_000 + 977 * i}`, 3) - 1;
      counts[fold] = (counts[fold] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(100);
  });

  it('keeps every drawing on one side, and each in exactly one held-out part', async () => {
    const whole = await collectDrawings(dataset(), { minDrawings: 20 });
    const parts = [1, 2, 3].map((fold) => splitCollection(whole, { folds: 3, fold }));
    for (const { training, heldOut } of parts) {
      const seen = new Set(training.examples.map(({ id }) => id));
      expect(heldOut.examples.some(({ id }) => seen.has(id))).toBe(false);
      expect(training.examples.length + heldOut.examples.length).toBe(70);
    }
    expect(parts.flatMap(({ heldOut }) => heldOut.examples.map(({ id }) => id)).sort()).toEqual(whole.examples.map(({ id }) => id).sort());
  });
});
