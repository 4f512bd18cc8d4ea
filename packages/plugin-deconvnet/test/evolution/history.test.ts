import { describe, expect, it } from 'vitest';
import { changesOf, historiesOf, settledAt, shares, type Winner } from '../../src/evolution/history.js';
import { Ranking } from '../../src/top-activations/tracking/ranking.js';

const strong = (item: number, value = 1): Winner => ({ item, name: `picture ${item}`, value, at: [0, 0], size: [4, 4] });
const winners = (...items: readonly number[]): readonly Winner[] => items.map((item) => strong(item));

describe('the history of a unit', () => {
  it.each([
    { items: [4], changed: [false], settled: 0 },
    { items: [4, 4, 4], changed: [false, false, false], settled: 0 },
    { items: [4, 4, 7], changed: [false, false, true], settled: 2 },
    { items: [4, 7, 7, 7], changed: [false, true, false, false], settled: 1 },
    { items: [4, 7, 4, 4], changed: [false, true, true, false], settled: 2 },
    { items: [0, 1, 1, 0, 0], changed: [false, true, false, true, false], settled: 3 },
  ])('of the pictures $items changes at $changed and settles at $settled', ({ items, changed, settled }) => {
    expect(changesOf(winners(...items))).toEqual(changed);
    expect(settledAt(winners(...items))).toBe(settled);
  });

  it('does not change with the value or the position on the same picture', () => {
    const list: readonly Winner[] = [strong(3, 1), { item: 3, name: 'picture 3', value: 9, at: [2, 1], size: [4, 4] }];
    expect(changesOf(list)).toEqual([false, false]);
  });

  it('changes where no activation is a number any longer, and stays changed', () => {
    expect(changesOf([strong(3), undefined, undefined])).toEqual([false, true, false]);
    expect(settledAt([strong(3), undefined, undefined])).toBe(1);
  });

  it('is read from the rankings of the checkpoints', () => {
    const layers = [
      { layer: 'a', units: [5, 2] },
      { layer: 'b', units: [0] },
    ];
    const rankings = [10, 20].map((item) => {
      const ranking = new Ranking(layers, 1);
      for (const { layer, units } of layers)
        units.forEach(
          (unit, place) => void ranking.offer(layer, place, { item: item + unit, name: '', value: 1, at: [0, 0], size: [4, 4] }),
        );
      return ranking;
    });
    const found = historiesOf(layers, rankings).map(({ layer, unit, winners }) => [layer, unit, ...winners.map((winner) => winner?.item)]);
    expect(found).toEqual([
      ['a', 5, 15, 25],
      ['a', 2, 12, 22],
      ['b', 0, 10, 20],
    ]);
  });
});

describe('shares of units', () => {
  const of = (...list: readonly Winner[]) => ({ layer: 'a', unit: 0, winners: list });
  const histories = [
    of(strong(1), strong(1), strong(1)),
    of(strong(1), strong(2), strong(2)),
    of(strong(1), strong(2), strong(3)),
    of(strong(1), strong(2), strong(2)),
    of(strong(0, 0), strong(0, 0), strong(0, 0)),
    of(strong(1), strong(1), undefined),
  ];

  it('leave out units that answer to nothing in the end', () => {
    expect(shares(histories, (list, i) => settledAt(list) <= i)).toEqual([0.25, 0.75, 1]);
    expect(shares(histories, (list, i) => changesOf(list)[i] ?? false)).toEqual([0, 0.75, 0.25]);
  });

  it('are none where no unit fires', () => {
    expect(shares(histories.slice(4), () => true)).toEqual([]);
  });
});
