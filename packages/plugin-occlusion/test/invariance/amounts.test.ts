import { describe, expect, it } from 'vitest';
import { type Amounts, checkAmounts, transformationsOf } from '../../src/invariance/amounts.js';
import { invariance } from '../../src/invariance/invariance.js';

const of = (given: { translations?: Amounts; scales?: Amounts; rotations?: Amounts }, size: readonly [number, number] = [32, 16]) => {
  const kinds: Record<string, number[]> = {};
  const options = { translations: 0, scales: 0, rotations: 0, ...given };
  for (const { name, amount } of transformationsOf(options, size)) kinds[name] = [...(kinds[name] ?? []), amount];
  return kinds;
};

describe('amounts', () => {
  it('as a number are so many over the usual range, in whole pixels of the side they move along', () => {
    expect(of({ translations: 5, scales: 7, rotations: 5 })).toEqual({
      'vertical-translation': [-8, -4, 0, 4, 8],
      'horizontal-translation': [-4, -2, 0, 2, 4],
      scale: [0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8],
      rotation: [0, 90, 180, 270, 360],
    });
    expect(of({ translations: 13 }, [32, 4])['horizontal-translation']).toEqual([-1, 0, 1]);
    expect(of({ translations: 1, scales: 1 })).toEqual({ 'vertical-translation': [0], 'horizontal-translation': [0], scale: [1.2] });
  });

  it('have the original among them by default', () => {
    const options = invariance().options as Parameters<typeof transformationsOf>[0];
    const all = transformationsOf(options, [227, 227]);
    expect(all.filter(({ amount }) => amount === 0)).toHaveLength(3);
    expect(all.some(({ name, amount }) => name === 'scale' && amount === 1)).toBe(true);
  });

  it('may be given one by one, or as a range with its end', () => {
    expect(of({ scales: [0.5, 2, 0.5], rotations: '-10:10:5' })).toEqual({ scale: [0.5, 2], rotation: [-10, -5, 0, 5, 10] });
    expect(of({ scales: '0.7:1:0.1' })).toEqual({ scale: [0.7, 0.8, 0.9, 1] });
    expect(of({ translations: '4:-4:-4' })['vertical-translation']).toEqual([4, 0, -4]);
  });

  it('must make sense', () => {
    const check = (given: object) => () => checkAmounts({ translations: 0, scales: 0, rotations: 0, ...given });
    expect(check({})).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: invariance: --translations, --scales and --rotations are all 0, so nothing is done to the pictures. Give amounts for at least one of them.]`,
    );
    expect(check({ scales: [1, -1] })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: invariance: a picture cannot be scaled by -1. Expected factors greater than 0.]`,
    );
    for (const range of ['1:2:0', '1:2:-1', '1:2:x', '0:1e6:1', '1::2'])
      expect(check({ rotations: range })).toThrow(`"${range}" is no range`);
    expect(check({ rotations: '1:2' })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: invariance: "1:2" is no range. Expected from:to:step with a step that leads from the first to the second number in less than 1000 steps, such as -8:8:2; or numbers separated by commas, or how many.]`,
    );
    expect(() => invariance({ rotations: 'many' })).toThrow('"rotations": given "many"');
  });
});
