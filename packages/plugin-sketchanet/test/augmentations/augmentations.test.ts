import '@tensorflow/tfjs';
import { drawingInput } from '@featurescope/core';
import { syntheticDrawing } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { augmentations } from '../../src/index.js';
import { gathered } from '../run.js';

const drawing = syntheticDrawing('augmentations', 9);
const input = drawingInput('cat', 'cat.ndjson#1', drawing);

interface Json {
  readonly width: number;
  readonly original: readonly (readonly (readonly number[])[])[];
  readonly variants: readonly {
    readonly removed: readonly number[];
    readonly turned: number;
    readonly drawing: readonly (readonly (readonly number[])[])[];
  }[];
}

const json = async (options: Parameters<typeof augmentations>[0], seed?: number) =>
  (await gathered(augmentations({ size: 24, ...options }), [input], seed)).find('json', 'drawings')?.value as Json;

describe('augmentations', () => {
  it('hands over the strokes of every variant', async () => {
    const { width, original, variants } = await json({ count: 4 });
    expect(width).toBe(100);
    expect(original).toHaveLength(9);
    expect(original[2]?.[0]?.[1]).toBeCloseTo(drawing.strokes[2]?.x[1] ?? Number.NaN, 4);
    expect(original[2]?.[2]).toEqual([...(drawing.strokes[2]?.t ?? [])]);
    expect(variants).toHaveLength(4);
    for (const { removed, drawing: strokes } of variants) {
      expect(removed).toHaveLength(3);
      expect(strokes).toHaveLength(6);
    }
  });

  it('removes the share that is asked for, and nothing else when all else is off', async () => {
    const { original, variants } = await json({ count: 1, remove: 0.5, deform: 'none', flip: false, rotate: 0, shift: 0 });
    const { removed = [], drawing: left } = variants[0] ?? {};
    expect(removed).toHaveLength(5);
    expect(left).toEqual(original.filter((_, i) => !removed.includes(i)));
  });

  it.each(['local', 'global', 'both'] as const)('deforms %s', async (deform) => {
    const { original, variants } = await json({ count: 2, remove: 0, deform, flip: false, rotate: 0, shift: 0 });
    expect(variants[0]?.drawing).not.toEqual(original);
    expect(variants[0]?.drawing).not.toEqual(variants[1]?.drawing);
  });

  it('draws other variants for another seed', async () => {
    expect(await json({ count: 1 }, 1)).not.toEqual(await json({ count: 1 }, 2));
  });

  it('says what has no effect', async () => {
    const idle = {
      remove: 0,
      alpha: 1,
      beta: 1,
      lengthUnit: 2,
      deform: 'none',
      localStrength: 1,
      globalStrength: 1,
      count: 1,
      size: 24,
    } as const;
    expect((await gathered(augmentations(idle), [input])).warnings).toMatchInlineSnapshot(`
      [
        "--alpha has no effect unless --remove is above 0",
        "--beta has no effect unless --remove is above 0",
        "--length-unit has no effect unless --remove is above 0",
        "--local-strength has no effect unless --deform is local or both",
        "--global-strength has no effect unless --deform is global or both",
      ]
    `);
    const one = drawingInput('one', 'one', syntheticDrawing('one', 1));
    expect((await gathered(augmentations({ count: 1, size: 24 }), [one])).warnings).toEqual([
      'augmentations: --remove 0.3 removes nothing of one, which has 1 stroke.',
    ]);
  });
});
