import { createRandom, type Shape } from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIdentity, TRANSFORMATIONS, type Transformation, transformed } from '../../src/invariance/transform.js';

const noise = (shape: Shape, seed = 1): Float32Array =>
  createRandom(seed).fillUniform(new Float32Array(shape[0] * shape[1] * shape[2]), -3, 3);

const sizes = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 3 }));
const FILL = [9, 8, 7];

/** A picture of one channel, row by row. */
const flat = (...rows: readonly (readonly number[])[]): Float32Array => Float32Array.from(rows.flat());
const changed = (rows: readonly (readonly number[])[], transformation: Transformation): number[] => [
  ...transformed(flat(...rows), [rows.length, rows[0]?.length ?? 0, 1], transformation, FILL),
];

describe('a transformation', () => {
  it('by nothing is exact', () => {
    const zero: readonly Transformation[] = [
      ...TRANSFORMATIONS.map((name) => ({ name, amount: name === 'scale' ? 1 : 0 })),
      ...[360, -360, 720].map((amount) => ({ name: 'rotation' as const, amount })),
    ];
    fc.assert(
      fc.property(sizes, fc.constantFrom(...zero), (shape, transformation) => {
        const values = noise(shape);
        expect(isIdentity(transformation)).toBe(true);
        expect(transformed(values, shape, transformation, FILL)).toEqual(values);
      }),
    );
    expect(isIdentity({ name: 'rotation', amount: 180 })).toBe(false);
  });

  it('by whole pixels moves rows down and columns to the right, and fills what is uncovered', () => {
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect(changed(rows, { name: 'vertical-translation', amount: 1 })).toEqual([9, 9, 9, 1, 2, 3]);
    expect(changed(rows, { name: 'vertical-translation', amount: -1 })).toEqual([4, 5, 6, 9, 9, 9]);
    expect(changed(rows, { name: 'horizontal-translation', amount: 2 })).toEqual([9, 9, 1, 9, 9, 4]);
    expect(changed(rows, { name: 'horizontal-translation', amount: -5 })).toEqual([9, 9, 9, 9, 9, 9]);
  });

  it('by half a pixel is the mean of two, the fill among them at the border', () => {
    expect(changed([[1, 2, 4]], { name: 'horizontal-translation', amount: 0.5 })).toEqual([5, 1.5, 3]);
  });

  it('by a quarter turn goes against the clock, exactly', () => {
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ];
    expect(changed(rows, { name: 'rotation', amount: 90 })).toEqual([3, 6, 9, 2, 5, 8, 1, 4, 7]);
    expect(changed(rows, { name: 'rotation', amount: -90 })).toEqual([7, 4, 1, 8, 5, 2, 9, 6, 3]);
    expect(changed(rows, { name: 'rotation', amount: 180 })).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(
      changed(
        [
          [1, 2],
          [3, 4],
          [5, 6],
          [7, 8],
        ],
        { name: 'rotation', amount: 90 },
      ),
    ).toEqual([9, 9, 4, 6, 3, 5, 9, 9]);
  });

  it('fills each channel with its own value', () => {
    expect([...transformed(noise([1, 1, 3]), [1, 1, 3], { name: 'vertical-translation', amount: 4 }, FILL)]).toEqual(FILL);
  });

  it('by a scale of 2 enlarges about the centre', () => {
    // Places 0, 1, 2 and 3 come from 0.75, 1.25, 1.75 and 2.25.
    expect(changed([[0, 4, 8, 12]], { name: 'scale', amount: 2 })).toEqual([3, 5, 7, 9]);
    const centre = changed(
      [
        [0, 0, 0, 0],
        [0, 1, 1, 0],
        [0, 1, 1, 0],
        [0, 0, 0, 0],
      ],
      { name: 'scale', amount: 2 },
    );
    expect(centre.slice(5, 7)).toEqual([1, 1]);
    expect(centre[0]).toBeCloseTo(0.75 ** 2, 6);
  });

  it('by less than 1 averages fine stripes and does not alias', () => {
    const stripes = Array.from({ length: 40 }, () => Array.from({ length: 40 }, (_, x) => (x % 2) * 2 - 1));
    const shrunk = changed(stripes, { name: 'scale', amount: 0.5 });
    const middle = Array.from({ length: 10 }, (_, i) => shrunk[(15 + i) * 40 + 15 + i] ?? 9);
    expect(Math.max(...middle.map(Math.abs))).toBeLessThan(1e-6);
    expect(shrunk.slice(0, 40)).toEqual(Array.from({ length: 40 }, () => 9));
  });

  it('keeps a slope where it does not touch the border', () => {
    const side = 21;
    const slope = Float32Array.from({ length: side * side }, (_, i) => 2 * Math.floor(i / side) - 3 * (i % side));
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.integer({ min: 8, max: 12 }),
        fc.integer({ min: 8, max: 12 }),
        (angle, row, column) => {
          const turned = transformed(slope, [side, side, 1], { name: 'rotation', amount: angle }, [0]);
          const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
          const [y, x] = [row - 10, column - 10];
          const expected = 2 * (10 + x * sin + y * cos) - 3 * (10 + x * cos - y * sin);
          expect(turned[row * side + column]).toBeCloseTo(expected, 3);
        },
      ),
    );
  });

  it('is undone by its opposite away from the border', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -3, max: 3 }),
        fc.constantFrom('vertical-translation' as const, 'horizontal-translation' as const),
        (amount, name) => {
          const shape: Shape = [9, 8, 2];
          const values = noise(shape);
          const back = transformed(transformed(values, shape, { name, amount }, FILL), shape, { name, amount: -amount }, FILL);
          for (let y = 3; y < 6; y++)
            for (let x = 3; x < 5; x++) for (let c = 0; c < 2; c++) expect(back[(y * 8 + x) * 2 + c]).toBe(values[(y * 8 + x) * 2 + c]);
        },
      ),
    );
  });
});
