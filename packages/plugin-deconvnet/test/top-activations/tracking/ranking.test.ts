import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merged, Ranking, type Strong } from '../../../src/top-activations/tracking/ranking.js';
import { rankingFromJson, rankingToJson } from '../../../src/top-activations/tracking/ranking-json.js';

const LAYERS = [{ layer: 'a', units: [7] }];
const strong = (value: number, item: number): Strong => ({ value, item, name: `n${item}`, at: [item % 3, item % 5], size: [4, 6] });
const filled = (values: readonly Strong[], top: number): Ranking => {
  const ranking = new Ranking(LAYERS, top);
  for (const value of values) ranking.offer('a', 0, value);
  return ranking;
};
const listOf = (ranking: Ranking) => ranking.strongest('a')[0] ?? [];

const values = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.float({ noNaN: true, noDefaultInfinity: true })), { maxLength: 60 });
const top = fc.integer({ min: 1, max: 12 });

describe('Ranking', () => {
  it('keeps what sorting everything would', () => {
    fc.assert(
      fc.property(values, top, (given, most) => {
        const all = given.map(strong);
        expect(listOf(filled(all, most))).toEqual(all.toSorted((a, b) => b.value - a.value || a.item - b.item).slice(0, most));
      }),
    );
  });

  it('does not depend on the order of what is offered, nor on how it is divided', () => {
    fc.assert(
      fc.property(values, top, fc.integer({ min: 1, max: 5 }), (given, most, parts) => {
        const all = given.map(strong);
        const whole = listOf(filled(all, most));
        expect(listOf(filled(all.toReversed(), most))).toEqual(whole);
        const divided = Array.from({ length: parts }, (_, part) =>
          filled(
            all.filter(({ item }) => item % parts === part),
            most,
          ),
        );
        expect(listOf(merged(divided))).toEqual(whole);
      }),
    );
  });

  it('has a bar that later values must exceed, and that only rises', () => {
    const ranking = new Ranking(LAYERS, 2);
    expect([...ranking.bars('a')]).toEqual([Number.NEGATIVE_INFINITY]);
    expect(ranking.offer('a', 0, strong(1, 0))).toBe(true);
    expect([...ranking.bars('a')]).toEqual([Number.NEGATIVE_INFINITY]);
    expect(ranking.offer('a', 0, strong(3, 1))).toBe(true);
    expect([...ranking.bars('a')]).toEqual([1]);
    expect(ranking.offer('a', 0, strong(1, 2))).toBe(false);
    expect(ranking.offer('a', 0, strong(2, 3))).toBe(true);
    expect([...ranking.bars('a')]).toEqual([2]);
  });

  it('takes no value that is not finite', () => {
    expect(listOf(filled([strong(Number.NaN, 0), strong(Number.POSITIVE_INFINITY, 1), strong(1, 2)], 3)).map(({ item }) => item)).toEqual([
      2,
    ]);
  });

  it('comes back from JSON exactly', () => {
    fc.assert(
      fc.property(values, top, (given, most) => {
        const ranking = filled(
          given.map((value, item) => strong(Math.fround(value), item)),
          most,
        );
        const back = rankingFromJson(JSON.parse(JSON.stringify(rankingToJson(ranking))));
        // JSON has no negative zero.
        expect(listOf(back)).toEqual(listOf(ranking).map((one) => ({ ...one, value: one.value + 0 })));
        expect(back.bars('a')[0]).toBeCloseTo(ranking.bars('a')[0] ?? 0, 30);
      }),
    );
  });
});
