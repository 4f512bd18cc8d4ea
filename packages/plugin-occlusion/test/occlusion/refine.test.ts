import '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyReadings, type Readings } from '../../src/occlusion/readings.js';
import { every, type Refinement, refined } from '../../src/occlusion/refine.js';
import { positionCount, type WindowGrid, windowGrid } from '../../src/occlusion/windows.js';
import { deepModel, wave } from './support/networks.js';
import { eventsOf, metricOf, type Options, tensorOf } from './support/run.js';

/** Coarse to fine over values that are known. */
async function run(grid: WindowGrid, value: (top: number, left: number) => number, step = 4, tolerance = 0.2) {
  const readings = emptyReadings(positionCount(grid));
  const asked: number[] = [];
  const compute = async function* (positions: readonly number[]) {
    for (const position of positions) {
      asked.push(position);
      readings.scores[position] = at(grid, position, value);
      readings.computed[position] = 1;
    }
    yield positions.length;
  };
  const steps = refined(grid, readings, { step, tolerance }, compute);
  for (;;) {
    const next = await steps.next();
    if (next.done) return { readings, asked, refinement: next.value };
  }
}

const at = ({ tops, lefts }: WindowGrid, position: number, value: (top: number, left: number) => number): number =>
  value(tops[Math.floor(position / lefts.length)] ?? 0, lefts[position % lefts.length] ?? 0);

const truth = (grid: WindowGrid, value: (top: number, left: number) => number): Float32Array =>
  Float32Array.from({ length: positionCount(grid) }, (_, position) => at(grid, position, value));

const closest = (found: Readings, expected: Float32Array): number =>
  expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (found.scores[i] ?? 0))), 0);

describe('coarse to fine', () => {
  it('takes every step of an axis and its end', () => {
    expect(every(9, 4)).toEqual([0, 4, 8]);
    expect(every(11, 4)).toEqual([0, 4, 8, 10]);
    expect(every(1, 8)).toEqual([0]);
  });

  it('leaves a constant map after the coarsest level', async () => {
    const { readings, asked, refinement } = await run(windowGrid([20, 30], [4, 4], [2, 2]), () => 7);
    // 9 × 14 positions: rows 0, 4, 8 and columns 0, 4, 8, 12, 13.
    expect(refinement).toEqual({ computed: 15, positions: 126, compared: 0, meanError: 0, largestError: 0 } satisfies Refinement);
    expect(asked).toHaveLength(15);
    expect(readings.scores.every((score) => score === 7)).toBe(true);
  });

  it('interpolates a plane exactly, also beside the clipped last window', async () => {
    const grid = windowGrid([21, 33], [4, 5], [3, 2]);
    const plane = (top: number, left: number): number => 2 * top - 0.5 * left + 1;
    const { readings, refinement } = await run(grid, plane, 4, 1);
    expect(refinement.computed).toBeLessThan(refinement.positions / 3);
    expect(closest(readings, truth(grid, plane))).toBeLessThan(1e-5);
  });

  it('reads where the score falls and says how far off interpolation would have been', async () => {
    // 17 positions in a row; a step between the 6th and the 7th.
    const grid = windowGrid([1, 17], [1, 1], [1, 1]);
    const edge = (_: number, left: number): number => (left < 6 ? 10 : 0);
    const { readings, asked, refinement } = await run(grid, edge);
    // Level 4: 0 4 8 12 16. 4 and 8 differ: 6 is read (0, guess 5). Then 5 (guess 5, is 10) and 7 (0) beside it.
    expect(asked).toEqual([0, 4, 8, 12, 16, 6, 5, 7]);
    expect(Array.from(readings.scores)).toEqual(Array.from(truth(grid, edge)));
    expect(refinement).toEqual({ computed: 8, positions: 17, compared: 3, meanError: 10 / 3, largestError: 5 });
  });

  it('reads everything that varies when nothing is tolerated', async () => {
    const size = fc.integer({ min: 1, max: 14 });
    await fc.assert(
      fc.asyncProperty(size, size, fc.constantFrom(2, 4, 8), async (rows, columns, step) => {
        const grid = windowGrid([rows, columns], [1, 1], [1, 1]);
        // No three in a row lie on a line.
        const bent = (top: number, left: number): number => (top + 1.5) ** 2 * (left + 2.5) ** 2;
        const { readings, refinement } = await run(grid, bent, step, 0);
        expect(closest(readings, truth(grid, bent))).toBeLessThan(1e-2);
        expect(refinement.computed).toBe(rows * columns);
      }),
    );
  });

  it('agrees with the whole study where it made a pass, and states saving and error', async () => {
    const shape = [13, 17, 2] as const;
    const model = await deepModel(shape);
    const options: Options = { window: [4, 3], stride: 1, class: 1 };
    const whole = tensorOf(await eventsOf(model, shape, wave(shape), options), 'score-map').data;
    const events = await eventsOf(model, shape, wave(shape), { ...options, refine: true, refineTolerance: 0.3, batchSize: 7 });
    model.dispose();
    const map = tensorOf(events, 'score-map');
    const computed = tensorOf(events, 'computed-map').data;
    const made = computed.reduce((sum, one) => sum + one, 0);
    expect([metricOf(events, 'windows'), metricOf(events, 'windows-computed')]).toEqual([150, made]);
    expect(made).toBeLessThan(130);
    expect(map.description).toContain(`${made} of 150 windows computed`);
    map.data.forEach((score, i) => {
      if (computed[i]) expect(score).toBeCloseTo(whole[i] ?? 0, 5);
    });
    const off = Array.from(map.data, (score, i) => Math.abs(score - (whole[i] ?? 0)));
    expect(Math.max(...off)).toBeGreaterThan(0);
    // Interpolation is left alone where it does well, so what was measured elsewhere is more than its mean.
    expect(metricOf(events, 'refine-error-mean')).toBeGreaterThan(off.reduce((sum, one) => sum + one, 0) / off.length);
  });
});
