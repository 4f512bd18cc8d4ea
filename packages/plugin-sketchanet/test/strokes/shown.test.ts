import '@tensorflow/tfjs';
import { drawingValues, rasterise, STROKE_SPLITS } from '@featurescope/core';
import { syntheticDrawing } from '@featurescope/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf, shownValues } from '../../src/strokes/shown.js';
import { inkSpec } from './linear-model.js';

describe('shownValues', () => {
  it('shows a whole drawing with its own parts as the network sees it, however it splits them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STROKE_SPLITS),
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom(1, 2, 3),
        fc.constantFrom(undefined, 10),
        (split, strokes, parts, resolution) => {
          const spec = inkSpec(20, (parts * (parts + 1)) / 2, { parts, split, canvas: 24, ...(resolution && { resolution }) });
          const drawing = syntheticDrawing(`${split}${strokes}`, strokes);
          expect(shownValues({ drawing, parts: partsOf(drawing, spec) }, spec)).toEqual(drawingValues(drawing, spec).data);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps strokes in the part they are given', () => {
    const spec = inkSpec(20, 6, { parts: 3 });
    const drawing = syntheticDrawing('kept', 3);
    const values = shownValues({ drawing, parts: [2, 0, 2] }, spec);
    const channel = (c: number) => values.filter((_, i) => i % 6 === c);
    const ink = (...of: number[]) => rasterise({ ...drawing, strokes: of.flatMap((i) => drawing.strokes[i] ?? []) }, [20, 20], 1);
    expect(channel(0)).toEqual(ink(1));
    expect(channel(1)).toEqual(ink());
    expect(channel(2)).toEqual(ink(0, 2));
    expect(channel(3)).toEqual(ink(1));
    expect(channel(4)).toEqual(ink(0, 2));
    expect(channel(5)).toEqual(ink(0, 1, 2));
  });

  it('deals strokes to six channels evenly without preprocessing too', () => {
    const spec = { size: [20, 20], channels: 6, fixedSize: true } as const;
    const drawing = syntheticDrawing('bare', 4);
    expect(shownValues({ drawing, parts: partsOf(drawing, spec) }, spec)).toEqual(drawingValues(drawing, spec).data);
    expect(Math.max(...shownValues({ drawing, parts: [0, 0, 0, 0] }, spec).filter((_, i) => i % 6 === 1))).toBe(0);
  });
});
