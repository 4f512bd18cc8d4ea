import '@tensorflow/tfjs';
import type { InputSpec } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { divergenceRange } from '../../src/invert/descent.js';

const SPEC: InputSpec = {
  size: [8, 8],
  channels: 1,
  fixedSize: false,
  preprocessing: { channelOrder: 'grey', scale: 1, mean: [0], std: [1] },
};
const filled = (values: readonly number[]) => ({ shape: [1, 1, values.length, 1] as const, data: Float32Array.from(values) });
const photo = filled([0, 20, 120, 130, 200, 180, 90, 60]);
const drawing = filled([0, 0, 0, 255, 255, 0, 0, 0]);

describe('the range whose ends a diverging picture reaches', () => {
  it('is four times that of the pixels where nothing keeps values inside', () => {
    expect(divergenceRange(SPEC, false, photo)).toEqual({ min: [-382.5], max: [637.5] });
    expect(divergenceRange(SPEC, false, drawing)).toEqual({ min: [-382.5], max: [637.5] });
  });

  it('is that of the pixels under a clamp, but none for a drawing, which is at the ends itself', () => {
    expect(divergenceRange(SPEC, true, photo)).toEqual({ min: [0], max: [255] });
    expect(divergenceRange(SPEC, true, drawing)).toBeUndefined();
  });

  it('is the one given where the clamp has its own', () => {
    expect(divergenceRange(SPEC, [-20, 300], photo)).toEqual({ min: [-20], max: [300] });
    expect(divergenceRange(SPEC, [-20, 300], drawing)).toEqual({ min: [-20], max: [300] });
    expect(divergenceRange(SPEC, [90, 130], photo)).toBeUndefined();
  });
});
