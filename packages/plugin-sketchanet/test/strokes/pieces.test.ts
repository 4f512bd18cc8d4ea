import { strokeLength } from '@featurescope/core';
import { syntheticDrawing } from '@featurescope/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf, strokePart } from '../../src/strokes/pieces.js';
import { sketch, stroke } from '../support.js';

describe('piecesOf', () => {
  it('cuts long strokes and leaves short ones and dots whole', () => {
    const drawing = sketch(stroke([0, 0], [60, 0]), stroke([0, 10], [30, 10]), stroke([5, 5]), stroke([0, 20], [10, 20]));
    const pieces = piecesOf(drawing, 5);
    expect(pieces.map(({ of, from, to }) => [of, from, to])).toEqual([
      [0, 0, 1 / 3],
      [0, 1 / 3, 2 / 3],
      [0, 2 / 3, 1],
      [1, 0, 0.5],
      [1, 0.5, 1],
      [2, 0, 1],
      [3, 0, 1],
    ]);
    expect([...(pieces[1]?.stroke.x ?? [])]).toEqual([20, 40]);
  });

  it('cuts a single stroke into as many pieces as asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer(), (count, seed) => {
        expect(piecesOf(syntheticDrawing(seed, 1), count)).toHaveLength(count);
      }),
    );
  });

  it('loses nothing, and makes none too long', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 8 }), fc.integer(), (count, strokes, seed) => {
        const drawing = syntheticDrawing(seed, strokes);
        const pieces = piecesOf(drawing, count);
        const total = drawing.strokes.reduce((sum, one) => sum + strokeLength(one), 0);
        drawing.strokes.forEach((one, of) => {
          const lengths = pieces.filter((piece) => piece.of === of).map((piece) => strokeLength(piece.stroke));
          expect(lengths.reduce((sum, length) => sum + length, 0)).toBeCloseTo(strokeLength(one), 6);
          for (const length of lengths) {
            expect(length).toBeCloseTo(strokeLength(one) / lengths.length, 6);
            expect(length).toBeLessThan(total / count + 1e-6);
          }
        });
      }),
    );
  });
});

describe('strokePart', () => {
  it('keeps the points between its ends, and times', () => {
    const part = strokePart({ ...stroke([0, 0], [10, 0], [10, 10]), t: Float64Array.of(100, 200, 400) }, 0.25, 0.75);
    expect([...part.x]).toEqual([5, 10, 10]);
    expect([...part.y]).toEqual([0, 0, 5]);
    expect([...(part.t ?? [])]).toEqual([150, 200, 300]);
  });

  it('survives points that stand on each other', () => {
    const part = strokePart(stroke([0, 0], [0, 0], [10, 0], [10, 0]), 0.5, 1);
    expect([...part.x]).toEqual([5, 10]);
    expect([...strokePart(stroke([3, 4], [3, 4]), 0, 0.5).x]).toEqual([3, 3]);
  });
});
