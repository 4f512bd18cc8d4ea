import '@tensorflow/tfjs';
import { tinyModel } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { gradientTimesInput, integratedGradients } from '../../src/index.js';
import { conv, dense, modelOf, networkOf } from '../support/networks.js';
import { attributionOfArray, eventsOf, largestDifference, metricOf, tensorsOf, wave } from '../support/run.js';

const SHAPE = [12, 10, 3] as const;
const values = wave(SHAPE);
const total = (data: Float32Array): number => data.reduce((sum, value) => sum + value, 0);

describe('integrated gradients', () => {
  it('add up to the difference of the scores, the more steps the better', async () => {
    const model = await tinyModel();
    for (const baseline of [0, -1.5, 'mean'] as const) {
      const gaps: number[] = [];
      for (const steps of [1, 8, 64, 512]) {
        const events = await eventsOf(integratedGradients({ class: 1, steps, baseline, batchSize: 64 }), model, SHAPE, values);
        gaps.push(metricOf(events, 'completeness-gap'));
        expect(tensorsOf(events)[0]?.description).toMatch(/completeness gap/);
      }
      expect(gaps[0]).toBeGreaterThan(1e-4);
      expect(gaps[3]).toBeLessThan(2e-4);
      expect(gaps[3] ?? 1).toBeLessThan((gaps[0] ?? 0) / 20);
    }
    model.dispose();
  });

  it('report the gap that their numbers have', async () => {
    const model = await tinyModel();
    const base = await eventsOf(integratedGradients({ class: 1, steps: 3 }), model, SHAPE, new Float32Array(values.length));
    const events = await eventsOf(integratedGradients({ class: 1, steps: 3 }), model, SHAPE, values);
    const difference = metricOf(events, 'target') - metricOf(base, 'target');
    const sum = total(tensorsOf(events)[0]?.data ?? new Float32Array());
    expect(metricOf(events, 'completeness-gap')).toBeCloseTo(Math.abs(sum - difference), 5);
    expect(tensorsOf(base)[0]?.data.every((value) => value === 0)).toBe(true);
    model.dispose();
  });

  it('do not depend on how many points a pass takes', async () => {
    const model = await tinyModel();
    const [one, other] = [
      await attributionOfArray(integratedGradients({ steps: 7, batchSize: 1 }), model, SHAPE, values),
      await attributionOfArray(integratedGradients({ steps: 7, batchSize: 3 }), model, SHAPE, values),
    ];
    expect(largestDifference(one.data, other.data)).toBeLessThan(1e-6);
    model.dispose();
  });

  it('are the gradient times the input in a linear network, in one step', async () => {
    const model = await modelOf(networkOf(3, [conv('c', [3, 3], 4, 1), dense('d', 2)]), SHAPE);
    const [one, other] = [
      await eventsOf(integratedGradients({ layer: 'd', unit: 1, steps: 1 }), model, SHAPE, values),
      await attributionOfArray(gradientTimesInput({ layer: 'd', unit: 1 }), model, SHAPE, values),
    ];
    expect(largestDifference(tensorsOf(one)[0]?.data ?? [], other.data)).toBeLessThan(1e-6);
    expect(metricOf(one, 'completeness-gap')).toBeLessThan(1e-4);
    model.dispose();
  });
});
