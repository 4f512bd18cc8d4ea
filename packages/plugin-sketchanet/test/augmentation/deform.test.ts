import { boundsOf, createRandom, type Drawing } from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deformGlobally } from '../../src/augmentation/deform-globally.js';
import { deformLocally } from '../../src/augmentation/deform-locally.js';
import { sketch, stroke } from '../support.js';

const arc = {
  ...stroke(...Array.from({ length: 41 }, (_, i) => [100 + 5 * i, 300 - 100 * Math.sin((i * Math.PI) / 40)] as const)),
  knots: [0, 10, 20, 30, 40],
};
const line = { ...stroke([100, 500], [300, 520], [500, 500]), knots: [0, 1, 2] };
const recorded = stroke([400, 100], [450, 160], [520, 100], [600, 180]);
const closed = { ...stroke([600, 600], [660, 600], [660, 660], [600, 660], [600, 600]), knots: [0, 4] };

describe('local deformation', () => {
  const whole = sketch(arc, line, recorded, closed);

  it('leaves straight strokes and closed ones, whose ends meet, where they are', () => {
    const { strokes } = deformLocally(whole, createRandom(1));
    expect(strokes[1]).toEqual(line);
    expect(strokes[3]).toEqual(closed);
    expect(strokes[0]?.x).not.toEqual(arc.x);
    expect(strokes[2]?.x).not.toEqual(recorded.x);
  });

  it('holds one control, and moves all others one way along each axis', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const [after] = deformLocally(sketch(arc), createRandom(seed)).strokes;
        const moves = arc.knots.map((i) => [(after?.x[i] ?? 0) - (arc.x[i] ?? 0), (after?.y[i] ?? 0) - (arc.y[i] ?? 0)] as const);
        const held = moves.filter(([dx, dy]) => Math.hypot(dx, dy) < 1e-3);
        expect(held.length).toBeGreaterThanOrEqual(1);
        for (const axis of [0, 1] as const)
          expect(new Set(moves.filter((move) => !held.includes(move)).map((move) => Math.sign(move[axis]))).size).toBe(1);
      }),
      { numRuns: 40 },
    );
  });

  it('moves controls by 15 pixels times chord over length on average of |N(0, 1)|', () => {
    const straightness =
      200 /
      arc.knots
        .slice(1)
        .reduce(
          (sum, i, k) =>
            sum + Math.hypot((arc.x[i] ?? 0) - (arc.x[arc.knots[k] ?? 0] ?? 0), (arc.y[i] ?? 0) - (arc.y[arc.knots[k] ?? 0] ?? 0)),
          0,
        );
    let [sum, count] = [0, 0];
    for (let seed = 0; seed < 400; seed++) {
      const [after] = deformLocally(sketch(arc), createRandom(seed)).strokes;
      for (const i of arc.knots) {
        const move = Math.abs((after?.x[i] ?? 0) - (arc.x[i] ?? 0));
        if (move < 1e-6) continue;
        sum += move;
        count++;
      }
    }
    expect(count).toBe(400 * 4);
    expect(sum / count / (15 * straightness * Math.sqrt(2 / Math.PI))).toBeCloseTo(1, 1);
  });

  it('is in units of the canvas, repeatable, and nothing without strength', () => {
    const small: Drawing = { width: 8, height: 8, strokes: [{ ...arc, x: arc.x.map((x) => x / 100), y: arc.y.map((y) => y / 100) }] };
    const [large, tiny] = [deformLocally(sketch(arc), createRandom(3)), deformLocally(small, createRandom(3))];
    tiny.strokes[0]?.x.forEach((x, i) => {
      expect(Math.abs(x * 100 - (large.strokes[0]?.x[i] ?? Number.NaN))).toBeLessThan(0.5);
    });
    expect(deformLocally(whole, createRandom(3))).toEqual(deformLocally(whole, createRandom(3)));
    expect(deformLocally(whole, createRandom(3), 0)).toEqual(whole);
  });
});

describe('global deformation', () => {
  const whole = sketch(arc, line, recorded, closed);

  it('keeps the order of the outermost points', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const cross = sketch(stroke([100, 400], [700, 410]), stroke([390, 80], [420, 720]));
        const { strokes } = deformGlobally(cross, createRandom(seed), 100);
        const [[left, right], [top, bottom]] = strokes.map(({ x, y }) =>
          [0, 1].map((i) => [x[i] ?? 0, y[i] ?? 0] as const),
        ) as never as readonly [
          readonly [readonly [number, number], readonly [number, number]],
          readonly [readonly [number, number], readonly [number, number]],
        ];
        expect(left[0]).toBeLessThan(top[0] + 1e-3);
        expect(top[0]).toBeLessThan(bottom[0] + 1e-3);
        expect(bottom[0]).toBeLessThan(right[0] + 1e-3);
        expect(top[1]).toBeLessThan(left[1] + 1e-3);
        expect(right[1]).toBeLessThan(bottom[1] + 1e-3);
      }),
      { numRuns: 60 },
    );
  });

  it('pulls back what leaves the canvas', () => {
    const edge = sketch(stroke([1, 400], [799, 390]), stroke([400, 1], [410, 799]));
    let outside = 0;
    for (let seed = 0; seed < 100; seed++) {
      const { left, top, right, bottom } = boundsOf(deformGlobally(edge, createRandom(seed), 20).strokes) ?? {
        left: 0,
        top: 0,
        right: 0,
        bottom: 0,
      };
      if (left < -1e-3 || top < -1e-3 || right > 800.001 || bottom > 800.001) outside++;
    }
    expect(outside).toBe(0);
  });

  it('moves by 30 pixels, is repeatable, and nothing without strength', () => {
    const middle = sketch(stroke([300, 400], [500, 401]), stroke([399, 300], [402, 500]));
    const moves: number[] = [];
    for (let seed = 0; seed < 500; seed++) moves.push((deformGlobally(middle, createRandom(seed)).strokes[0]?.x[0] ?? 0) - 300);
    const deviation = Math.sqrt(moves.reduce((sum, move) => sum + move * move, 0) / moves.length);
    expect(deviation).toBeGreaterThan(25);
    expect(deviation).toBeLessThan(33);
    expect(deformGlobally(whole, createRandom(7))).toEqual(deformGlobally(whole, createRandom(7)));
    expect(deformGlobally(whole, createRandom(7), 0)).toEqual(whole);
  });

  it('leaves a dot a dot', () => {
    expect(deformGlobally(sketch(stroke([400, 400])), createRandom(1)).strokes[0]?.x).toHaveLength(1);
  });
});
