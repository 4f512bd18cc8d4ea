import '@tensorflow/tfjs';
import { syntheticDrawing, tinyModel } from '@featurescope/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strokeSaliency } from '../../src/index.js';
import { SALIENCY_METHODS } from '../../src/stroke-saliency/options.js';
import { inkSpec, linearModel } from '../strokes/linear-model.js';
import { rows, SIDE } from '../strokes/rows.js';
import { runOn } from '../strokes/run-on.js';
import { stroke } from '../support.js';

const close = (found: readonly unknown[], expected: readonly number[], digits = 4) => {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, digits);
  });
};

const total = (values: Iterable<unknown>) => [...values].reduce<number>((sum, value) => sum + Number(value), 0);

describe('stroke-saliency', () => {
  it('adds up what each stroke adds to a linear score', async () => {
    const model = linearModel(inkSpec(SIDE, 1), (y) => y - 4);
    const { find, column } = await runOn(model, strokeSaliency({ class: 0 }), rows(2, 7, 4));
    expect(find('table', 'strokes')?.columns).toEqual(['stroke', 'sum', 'mean', 'length']);
    expect(column('strokes', 'stroke')).toEqual([1, 2, 3]);
    close(column('strokes', 'sum'), [-16, 24, 0]);
    close(column('strokes', 'mean'), [-2, 3, 0]);
    close(column('strokes', 'length'), [8, 8, 8]);
    close([...(find('tensor', 'sums')?.data ?? [])], [-16, 24, 0]);
  });

  it('follows a stroke along its length', async () => {
    const model = linearModel(inkSpec(SIDE, 1), (_, x) => (x < 4 ? 1 : -3));
    const { column, find } = await runOn(model, strokeSaliency({ pieces: 2 }), rows(3));
    const means = column('pieces', 'mean') as number[];
    expect(column('pieces', 'stroke')).toEqual([1, 1]);
    // The piece at the left reaches half a pixel of ink into the first pixel at the right, of which it gets a third; and the other way round.
    close(means, [(4 - 1 / 3 - 1) / 4.5, (1 / 3 - 3 * (4 - 1 / 3)) / 4.5]);
    close([total(column('pieces', 'sum'))], [total(column('strokes', 'sum'))]);
    close([...(find('tensor', 'means')?.data ?? [])], means);
  });

  it('shares ink that strokes have in common', async () => {
    const model = linearModel(inkSpec(SIDE, 1), (y) => y);
    const { width, height, strokes } = rows(3, 3, 5);
    const { column } = await runOn(model, strokeSaliency(), { width, height, strokes });
    close(column('strokes', 'sum'), [12, 12, 40]);
    const crossed = await runOn(
      linearModel(inkSpec(SIDE, 1), () => 1),
      strokeSaliency(),
      {
        width,
        height,
        strokes: [...rows(3).strokes, stroke([5.5, 0], [5.5, SIDE])],
      },
    );
    close(crossed.column('strokes', 'sum'), [7.5, 7.5]);
  });

  it.each(SALIENCY_METHODS)('adds up over strokes to the whole attribution: %s', async (method) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.integer(), async (strokes, seed) => {
        const configured = strokeSaliency({ method, class: 2, pieces: 30, ...(method === 'integrated-gradients' && { steps: 3 }) });
        const { column, find, metrics } = await runOn(tinyModel(), configured, syntheticDrawing(seed, strokes));
        const whole = total(find('tensor', 'attribution')?.data ?? []);
        expect(find('tensor', 'attribution')?.shape).toEqual([12, 10, 3]);
        close([total(column('strokes', 'sum')), total(column('pieces', 'sum'))], [whole, whole]);
        close([metrics.get('not-on-strokes')], [0]);
      }),
      { numRuns: 8 },
    );
  });

  it('tells the rest where blurring is not the same for strokes as for all of them', async () => {
    const spec = inkSpec(24, 1, { resolution: 9, penWidth: 1.5 });
    const model = linearModel(spec, (y, x) => Math.sin(3 * y + x));
    const { column, find, metrics } = await runOn(model, strokeSaliency(), syntheticDrawing('blurred', 6));
    const whole = total(find('tensor', 'attribution')?.data ?? []);
    close([total(column('strokes', 'sum')) + (metrics.get('not-on-strokes') ?? Number.NaN)], [whole]);
    expect(Math.abs(metrics.get('not-on-strokes') ?? Number.NaN)).toBeLessThan(0.05 * Math.abs(whole));
  });

  it('counts a stroke in every channel in which its part occurs', async () => {
    const model = linearModel(inkSpec(SIDE, 6, { parts: 3 }), (_y, _x, c) => 2 ** c);
    const { column } = await runOn(model, strokeSaliency(), rows(0, 2, 4, 6));
    const [first, second, third] = [1 + 8 + 32, 2 + 8 + 16 + 32, 4 + 16 + 32];
    close(
      column('strokes', 'sum'),
      [first, second, third, third].map((worth) => SIDE * worth),
    );
    close(column('strokes', 'mean'), [first, second, third, third]);
  });

  it('takes magnitudes of the gradient on ink', async () => {
    const spec = inkSpec(SIDE, 1);
    const { preprocessing } = spec;
    const twice = { ...spec, ...(preprocessing && { preprocessing: { ...preprocessing, scale: 2 / 255 } }) };
    const model = linearModel(twice, (y) => y - 4);
    const { column } = await runOn(model, strokeSaliency({ method: 'gradient' }), rows(2, 7, 4));
    close(column('strokes', 'mean'), [2, 3, 0]);
  });

  it('explains the whole of a score by integrated gradients', async () => {
    const configured = strokeSaliency({ method: 'integrated-gradients', class: 'water', steps: 400, pieces: 5 });
    const { metrics, column } = await runOn(tinyModel(), configured, syntheticDrawing('complete', 5));
    const gap = metrics.get('completeness-gap') ?? Number.NaN;
    expect(gap).toBeLessThan(0.02 * Math.abs(total(column('strokes', 'sum'))));
    const coarse = await runOn(
      tinyModel(),
      strokeSaliency({ method: 'integrated-gradients', class: 'water', steps: 1 }),
      syntheticDrawing('complete', 5),
    );
    expect(coarse.metrics.get('completeness-gap')).toBeGreaterThan(gap);
  });

  it('says what has no effect, and copes with a drawing without strokes', async () => {
    const model = () => linearModel(inkSpec(SIDE, 1), () => 1);
    expect((await runOn(model(), strokeSaliency({ steps: 3 }), rows(1))).warnings).toEqual([
      'stroke-saliency: --steps has no effect unless --method is integrated-gradients.',
    ]);
    const { column, find } = await runOn(model(), strokeSaliency(), rows());
    expect(column('strokes', 'sum')).toEqual([]);
    expect(find('image', 'along')).toBeDefined();
  });
});
