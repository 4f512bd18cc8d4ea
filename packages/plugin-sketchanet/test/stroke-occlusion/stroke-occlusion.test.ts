import '@tensorflow/tfjs';
import { drawingInput } from '@featurescope/core';
import { pictureInput, syntheticDrawing, syntheticPicture, tinyModel } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { strokeOcclusion } from '../../src/index.js';
import { gathered } from '../run.js';
import { inkSpec, linearModel } from '../strokes/linear-model.js';
import { rows, SIDE } from '../strokes/rows.js';
import { runOn } from '../strokes/run-on.js';
import { stroke } from '../support.js';

/** Score: Σ (y + 1) · ink, and a second class that never wins. */
const byRow = () =>
  linearModel(
    inkSpec(SIDE, 1),
    (y) => y + 1,
    () => -1,
  );

const close = (found: readonly unknown[], expected: readonly number[]) => {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, 4);
  });
};

describe('stroke-occlusion', () => {
  it('finds by how much a linear score falls without each stroke', async () => {
    const { find, column, metrics } = await runOn(byRow(), strokeOcclusion({ class: 0 }), rows(2, 6, 4));
    expect(find('table', 'strokes')?.columns.slice(0, 2)).toEqual(['stroke', 'drop']);
    expect(column('strokes', 'stroke')).toEqual([1, 2, 3]);
    close(column('strokes', 'drop'), [8 * 3, 8 * 7, 8 * 5]);
    close([...(find('tensor', 'drops')?.data ?? [])], [24, 56, 40]);
    close(column('strokes', 'score'), [96, 64, 80]);
    expect(metrics.get('score')).toBeCloseTo(120, 4);
  });

  it('gives strokes that speak against a class a negative drop', async () => {
    close((await runOn(byRow(), strokeOcclusion({ class: 1 }), rows(2, 6))).column('strokes', 'drop'), [-8, -8]);
  });

  it('does not miss a stroke under another, to the last bit', async () => {
    const { width, height, strokes } = rows(1, 5);
    const drawing = { width, height, strokes: [...strokes, stroke([2, 5.5], [4, 5.5])] };
    const model = tinyModel();
    for (const given of [byRow(), model]) {
      const { column, find } = await runOn(given, strokeOcclusion({ class: 1 }), drawing);
      expect(column('strokes', 'drop')[2]).toBe(0);
      expect(column('strokes', 'drop')[0]).not.toBe(0);
      expect(find('table', 'strokes')?.description).toMatch(/; the ink of others covers stroke 3$/);
    }
  });

  it('follows the score from nothing to the whole drawing', async () => {
    const timed = rows(2, 6, 4);
    const strokes = timed.strokes.map((one, i) => ({ ...one, t: Float64Array.of(1000 * i + 500, 1000 * i + 800) }));
    const { find, column } = await runOn(byRow(), strokeOcclusion({ class: 0 }), { ...timed, strokes });
    expect(find('table', 'prefix')?.columns).toEqual(['strokes', 'fraction', 'score', 'class', 'label', 'time']);
    expect(column('prefix', 'strokes')).toEqual([0, 1, 2, 3]);
    close(column('prefix', 'fraction'), [0, 1 / 3, 2 / 3, 1]);
    close(column('prefix', 'score'), [0, 24, 80, 120]);
    expect(column('prefix', 'time')).toEqual([0, 300, 1300, 2300]);
    const untimed = await runOn(byRow(), strokeOcclusion(), timed);
    expect(untimed.find('table', 'prefix')?.columns).not.toContain('time');
  });

  it.each(['logits', 'probabilities'] as const)('ends its curve at the %s of the whole drawing, exactly', async (of) => {
    const { column, metrics } = await runOn(tinyModel(), strokeOcclusion({ of, class: 'cloud', pieces: 9 }), syntheticDrawing('end', 4));
    expect(column('prefix', 'score').at(-1)).toBe(metrics.get('score'));
  });

  it('tells what class is seen without a stroke', async () => {
    const model = linearModel(
      inkSpec(SIDE, 1),
      (y) => (y === 2 ? 3 : 0),
      (y) => (y === 6 ? 2 : 0),
    );
    const { column, find } = await runOn(model, strokeOcclusion(), rows(2, 6));
    expect(column('strokes', 'class')).toEqual([1, 0]);
    expect(find('table', 'strokes')?.description).toContain('logit of class 0, 24 on the whole drawing');
  });

  it('gives the same for every number of drawings in a pass', async () => {
    const results = await Promise.all(
      [1, 3, 100].map(async (batchSize) => {
        const { column } = await runOn(tinyModel(), strokeOcclusion({ batchSize, pieces: 7, class: 0 }), syntheticDrawing('batch', 5));
        return [...column('strokes', 'drop'), ...column('pieces', 'drop'), ...column('prefix', 'score')] as number[];
      }),
    );
    const [one = [], ...others] = results;
    expect(one.length).toBeGreaterThan(20);
    for (const other of others) close(other, one);
  });

  it('removes pieces of a single stroke, and breaks off between them', async () => {
    const model = linearModel(inkSpec(SIDE, 1), (_, x) => x + 1);
    const { column, find, warnings } = await runOn(model, strokeOcclusion({ pieces: 2 }), rows(3));
    expect(warnings).toEqual([]);
    close(column('strokes', 'drop'), [36]);
    expect(find('table', 'pieces')?.columns.slice(0, 2)).toEqual(['piece', 'drop']);
    expect(column('pieces', 'from')).toEqual([0, 0.5]);
    // Cut at x = 4, where the round end of the other half reaches half a pixel further: its ink at a distance of ½ is ½.
    close(column('pieces', 'drop'), [10 - 4 / 2, 26 - 5 / 2]);
    expect(column('prefix', 'strokes')).toEqual([0, 0.5, 1]);
    close(column('prefix', 'fraction'), [0, 0.5, 1]);
    close(column('prefix', 'score'), [0, 10 + 5 / 2, 36]);
  });

  it('says when there is nothing else than one stroke, and when pieces are no pieces', async () => {
    expect((await runOn(byRow(), strokeOcclusion(), rows(3))).warnings).toEqual([
      'stroke-occlusion: it is a single stroke, without which nothing is left; --pieces 12 shows which parts of it count.',
    ]);
    expect((await runOn(byRow(), strokeOcclusion({ pieces: 2, dealing: 'kept' }), rows(3, 4))).warnings).toEqual([
      'stroke-occlusion: --dealing has no effect on a network that sees all strokes in one picture.',
      'stroke-occlusion: --pieces 2 cuts nothing of it: none of its 2 strokes is longer than that part of all.',
    ]);
    expect((await runOn(byRow(), strokeOcclusion({ pieces: 40 }), rows(3))).warnings).toEqual([
      expect.stringMatching(/^stroke-occlusion: \d+ of 40 pieces of it leave no gap, which the pen or other strokes cover/),
    ]);
  });

  it('copes with a drawing without strokes', async () => {
    const { find, column } = await runOn(byRow(), strokeOcclusion({ pieces: 4 }), rows());
    expect(find('table', 'strokes')?.rows).toEqual([]);
    expect(column('prefix', 'score')).toEqual([0]);
    expect(find('image', 'strokes')).toBeDefined();
    expect(find('image', 'seen')).toBeUndefined();
  });

  it('refuses what it cannot do', async () => {
    await expect(gathered(strokeOcclusion(), [pictureInput('photo', syntheticPicture(1, [9, 9]))])).rejects.toThrow(/is no drawing/);
    const input = drawingInput('it', 'it.ndjson#1', rows(1));
    await expect(gathered(strokeOcclusion({ class: 'clout' }), [input])).rejects.toThrow(/cloud/);
    await expect(
      runOn(
        linearModel(inkSpec(SIDE, 2, { parts: 2 }), () => 1),
        strokeOcclusion(),
        rows(1),
      ),
    ).rejects.toThrow(/cuts drawings into 2 parts/);
  });
});

describe('stroke-occlusion of a network that sees the order of strokes', () => {
  /** Channels 1, 2, 3, 1+2, 2+3, 1+2+3 count 1, 2, 4, 8, 16, 32. */
  const bySix = () => linearModel(inkSpec(SIDE, 6, { parts: 3 }), (_y, _x, c) => 2 ** c);
  /** Of a row: what a stroke is worth in each part. */
  const [first, second, third] = [SIDE * (1 + 8 + 32), SIDE * (2 + 8 + 16 + 32), SIDE * (4 + 16 + 32)] as const;

  it('leaves the others in their parts', async () => {
    const { column } = await runOn(bySix(), strokeOcclusion(), rows(0, 2, 4, 6));
    // Four strokes are dealt out as 1, 1, 2.
    close(column('strokes', 'drop'), [first, second, third, third]);
  });

  it('deals them out again when asked', async () => {
    const { column } = await runOn(bySix(), strokeOcclusion({ dealing: 'again' }), rows(0, 2, 4, 6));
    const drop = second + third - second;
    // Three strokes are dealt out as 1, 1, 1, whichever of them is missing.
    close(column('strokes', 'drop'), [drop, drop, drop, drop]);
  });

  it('breaks off as if that were all, or with strokes in their parts', async () => {
    const again = await runOn(bySix(), strokeOcclusion(), rows(0, 2, 4));
    // One stroke is dealt out as 0, 0, 1; two as 0, 1, 1.
    close(again.column('prefix', 'score'), [0, third, second + third, first + second + third]);
    const kept = await runOn(bySix(), strokeOcclusion({ dealing: 'kept' }), rows(0, 2, 4));
    close(kept.column('prefix', 'score'), [0, first, first + second, first + second + third]);
  });

  it('removes pieces from the part of their stroke', async () => {
    const wide = rows(0, 2, 4);
    const { column } = await runOn(bySix(), strokeOcclusion({ pieces: 6 }), wide);
    const seven = (part: number) => (part * 3.5) / SIDE;
    close(column('pieces', 'drop'), [first, first, second, second, third, third].map(seven));
  });
});
