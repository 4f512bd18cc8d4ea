import { createRandom } from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allOf, drawFold, firstOfEach } from '../../src/transfer/draw.js';

const classesOf = (counts: readonly number[]) => {
  let next = 0;
  return counts.map((count, i) => ({ name: `class ${i}`, items: Array.from({ length: count }, () => 3 * next++) }));
};

describe('drawFold', () => {
  it('never tests on what it learns from, tests on as many as there are, and keeps classes apart', () => {
    const counts = fc.array(fc.integer({ min: 8, max: 30 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(
        counts,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer(),
        (sizes, training, tested, seed) => {
          const classes = classesOf(sizes);
          const fold = drawFold(classes, { training, tested }, createRandom(seed));
          for (const [label, { items }] of classes.entries()) {
            const [learned, held] = [fold.training[label] ?? [], fold.tested[label] ?? []];
            expect(learned.length).toBe(training);
            expect(held.length).toBe(Math.min(tested, items.length - training));
            expect(new Set([...learned, ...held]).size).toBe(learned.length + held.length);
            for (const item of [...learned, ...held]) expect(items).toContain(item);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('nests: fewer training pictures are the first of more, and what is tested stays', () => {
    const { training, tested } = drawFold(classesOf([20, 15]), { training: 8, tested: 5 }, createRandom(4));
    const [few, many] = [firstOfEach(training, 3), firstOfEach(training, 8)];
    expect(many.items.slice(0, few.items.length)).toEqual(few.items);
    expect(few.labels).toEqual([0, 1, 0, 1, 0, 1]);
    expect(many.items.length).toBe(16);
    expect(allOf(tested).items.some((item) => many.items.includes(item))).toBe(false);
  });

  it('draws the same with the same seed, and other pictures with another', () => {
    const draw = (seed: number) => drawFold(classesOf([40, 40]), { training: 5, tested: 5 }, createRandom(seed));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(2)).not.toEqual(draw(1));
  });
});
