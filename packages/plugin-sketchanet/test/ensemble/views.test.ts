import { type Drawing, drawingValues, type InputSpec, type StrokePreprocessing } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { shiftDrawing } from '../../src/augmentation/place.js';
import { viewsOf } from '../../src/ensemble/views.js';

const CANVAS = 24;
const SIZE = 16;

const drawing: Drawing = {
  width: 100,
  height: 100,
  strokes: [
    { x: Float64Array.of(10, 90, 60), y: Float64Array.of(15, 30, 85) },
    { x: Float64Array.of(5, 40), y: Float64Array.of(95, 50) },
    { x: Float64Array.of(70, 72), y: Float64Array.of(8, 96) },
  ],
};

const specOf = (strokes: Partial<StrokePreprocessing>, channels = 6): InputSpec => ({
  size: [SIZE, SIZE],
  channels,
  fixedSize: true,
  preprocessing: {
    channelOrder: 'grey',
    scale: 1 / 255,
    mean: [],
    std: [],
    strokes: { canvas: CANVAS, penWidth: 1.5, parts: 3, split: 'even', ...strokes },
  },
});

/** The columns of [SIZE, SIZE, channels] from right to left. */
const turned = (values: Float32Array, channels: number): number[] =>
  Array.from({ length: SIZE }, (_, row) =>
    Array.from({ length: SIZE }, (_, column) => {
      const from = (row * SIZE + SIZE - 1 - column) * channels;
      return [...values.subarray(from, from + channels)];
    }).flat(),
  ).flat();

describe('viewsOf', () => {
  it.for([
    ['full resolution', specOf({})],
    ['half the resolution', specOf({ resolution: CANVAS / 2 })],
    ['two scales', specOf({ resolution: [CANVAS, CANVAS / 3] }, 12)],
  ] as const)('shows the middle as the network is shown it once: %s', ([, spec]) => {
    const [once] = viewsOf(drawing, spec, 1);
    const ten = viewsOf(drawing, spec, 10);
    expect(once).toEqual(drawingValues(drawing, spec).data);
    expect(ten).toHaveLength(10);
    expect(ten[8]).toEqual(once);
    for (let view = 0; view < 10; view += 2)
      expect([...(ten[view + 1] ?? [])]).toEqual(turned(ten[view] ?? new Float32Array(), spec.channels));
  });

  it('shows the four corners of the canvas: what the middle shows of the drawing moved the other way', () => {
    const spec = specOf({});
    const ten = viewsOf(drawing, spec, 10);
    const corners = [
      [4, 4],
      [-4, 4],
      [4, -4],
      [-4, -4],
    ] as const;
    for (const [i, [right, down]] of corners.entries()) {
      const moved = drawingValues(shiftDrawing(drawing, right / CANVAS, down / CANVAS), spec).data;
      const view = ten[2 * i] ?? new Float32Array();
      const difference = view.map((value, at) => Math.abs(value - (moved[at] ?? 0)));
      expect(view.some((value) => value > 0)).toBe(true);
      expect(Math.max(...difference)).toBeLessThan(1e-5);
    }
  });

  it('shows a network without a canvas all of the drawing, and its mirror image', () => {
    const spec: InputSpec = { size: [SIZE, SIZE], channels: 6, fixedSize: true };
    const ten = viewsOf(drawing, spec, 10);
    const [once] = viewsOf(drawing, spec, 1);
    for (const view of [0, 2, 4, 6, 8]) expect(ten[view]).toEqual(once);
    for (const view of [1, 3, 5, 7, 9]) expect([...(ten[view] ?? [])]).toEqual(turned(once ?? new Float32Array(), 6));
  });
});
