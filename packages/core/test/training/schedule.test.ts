import { type Schedule, scheduleFactor } from '@featurescope/core';
import { describe, expect, it } from 'vitest';

const at = (schedule: Schedule, step: number, warmup = 0): number =>
  scheduleFactor(schedule, { step, stepsPerEpoch: 10, epochs: 4, warmup });

describe('scheduleFactor', () => {
  it('is 1 throughout for a constant rate', () => {
    expect([0, 17, 39].map((step) => at({ kind: 'constant' }, step))).toEqual([1, 1, 1]);
  });

  it('is multiplied after each milestone epoch', () => {
    const schedule: Schedule = { kind: 'step', milestones: [1, 3], factor: 0.1 };
    expect([9, 10, 29, 30].map((step) => at(schedule, step))).toEqual([1, 0.1, 0.1, 0.1 ** 2]);
  });

  it('falls by half a cosine to its final part', () => {
    const schedule: Schedule = { kind: 'cosine', final: 0.2 };
    expect(at(schedule, 0)).toBe(1);
    expect(at(schedule, 20)).toBeCloseTo(0.6, 12);
    expect(at(schedule, 40)).toBeCloseTo(0.2, 12);
  });

  it('grows linearly during the warm-up, and the cosine starts after it', () => {
    const schedule: Schedule = { kind: 'cosine', final: 0 };
    expect([0, 4, 9].map((step) => at(schedule, step, 1))).toEqual([0.1, 0.5, 1]);
    expect(at(schedule, 10, 1)).toBe(1);
    expect(at(schedule, 25, 1)).toBeCloseTo(0.5, 12);
  });
});
