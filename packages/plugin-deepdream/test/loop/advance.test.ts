import { describe, expect, it } from 'vitest';
import { advance, type Memory, noMemory } from '../../src/loop/advance.js';
import { blank, type Canvas, type CanvasShape } from '../../src/loop/canvas.js';
import { momentum, stepRule } from '../../src/loop/step-rules.js';
import { wavy } from '../dream/support.js';

const SHAPE: CanvasShape = [1, 13, 5, 3];
const canvas = (salt: number, shape = SHAPE): Canvas => ({
  shape,
  data: wavy(
    shape.reduce((a, b) => a * b, 1),
    salt,
  ),
});
const STEP = [0.1, 0.2, 0.3] as const;

describe('a step', () => {
  const stride = { rule: stepRule('mean-gradient'), step: STEP };

  it('may be taken in place', () => {
    const [apart, inPlace] = [blank(SHAPE), canvas(1)];
    advance(canvas(1), apart, canvas(2), stride, noMemory);
    advance(inPlace, inPlace, canvas(2), stride, noMemory);
    expect(inPlace).toEqual(apart);
  });

  it('leaves the picture and the gradient as they were, and has a step size for each channel', () => {
    const [from, gradient, into] = [canvas(1), canvas(2), blank(SHAPE)];
    advance(from, into, gradient, { rule: stepRule('fixed'), step: STEP }, noMemory);
    expect([from, gradient]).toEqual([canvas(1), canvas(2)]);
    into.data.forEach((value, i) => void expect(value - (from.data[i] ?? 0)).toBeCloseTo((gradient.data[i] ?? 0) * (STEP[i % 3] ?? 0), 6));
  });

  it('takes the first step size for channels that have none', () => {
    const into = blank(SHAPE);
    advance(blank(SHAPE), into, canvas(2), { rule: stepRule('fixed'), step: [2] }, noMemory);
    expect(into.data).toEqual(canvas(2).data.map((value) => 2 * value));
  });

  it('divides by the mean of each picture of a batch', () => {
    const shape: CanvasShape = [2, 3, 2, 3];
    const gradient = { shape, data: canvas(2, shape).data.map((value, i) => (i < 18 ? value : 100 * value)) };
    const into = blank(shape);
    advance(blank(shape), into, gradient, { rule: stepRule('mean-gradient'), step: [1, 1, 1] }, noMemory);
    for (const part of [into.data.slice(0, 18), into.data.slice(18)])
      expect(part.reduce((sum, value) => sum + Math.abs(value), 0) / 18).toBeCloseTo(1, 5);
  });

  it.each([stepRule('fixed'), stepRule('mean-gradient'), stepRule('adam'), momentum(0.9)].map((rule) => [rule.name, rule] as const))(
    'of %s is for each picture of a batch the one that it takes alone',
    (_, rule) => {
      const pictures = [1, 2].map((salt) => canvas(salt));
      const gradients = [3, 4].map((salt) => canvas(salt));
      const batch = ([a, b]: readonly Canvas[]): Canvas => ({
        shape: [2, SHAPE[1], SHAPE[2], SHAPE[3]],
        data: Float32Array.of(...(a?.data ?? []), ...(b?.data ?? [])),
      });
      const walk = (from: Canvas, gradient: Canvas): [Canvas, Memory] => {
        let memory = noMemory;
        for (let i = 0; i < 3; i++) memory = advance(from, from, gradient, { rule, step: STEP }, memory);
        return [from, memory];
      };
      const [together, memory] = walk(batch(pictures), batch(gradients));
      const apart = pictures.map((picture, n) => walk(picture, gradients[n] ?? picture));
      expect(together).toEqual(batch(apart.map(([one]) => one)));
      for (const [m, moment] of memory.moments.entries())
        expect(moment).toEqual(batch(apart.map(([, { moments }]) => moments[m] ?? canvas(0))));
    },
  );
});
