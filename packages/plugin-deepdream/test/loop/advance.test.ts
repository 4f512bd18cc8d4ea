import '@tensorflow/tfjs';
import { memory } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { advance, type Memory, noMemory } from '../../src/loop/advance.js';
import { blank, type Canvas, type CanvasShape } from '../../src/loop/canvas.js';
import { regularise } from '../../src/loop/regularise.js';
import { momentum, stepRule } from '../../src/loop/step-rules.js';
import { blur } from '../../src/regularisers/blur.js';
import { clamp } from '../../src/regularisers/clamp.js';
import { clipSmallContribution } from '../../src/regularisers/clip-small-contribution.js';
import { clipSmallNorm } from '../../src/regularisers/clip-small-norm.js';
import { decay } from '../../src/regularisers/decay.js';
import { l2 } from '../../src/regularisers/l2.js';
import type { Regulariser } from '../../src/regularisers/regulariser.js';
import { totalVariation } from '../../src/regularisers/total-variation.js';
import { wavy } from '../dream/support.js';

const SHAPE: CanvasShape = [1, 13, 5, 3];
const canvas = (salt: number, shape = SHAPE): Canvas => ({
  shape,
  data: wavy(
    shape.reduce((a, b) => a * b, 1),
    salt,
  ),
});
const copy = ({ shape, data }: Canvas): Canvas => ({ shape, data: data.slice() });
/** Pieces of 13, 5, 2 and 1 rows of 15 values. */
const LIMITS = [10_000, 75, 30, 1] as const;
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

describe('regularisers in pieces', () => {
  const lists: readonly (readonly Regulariser[])[] = [
    [blur(0.5, 1)],
    [blur(2, 1)],
    [totalVariation(0.1, 2)],
    [totalVariation(0.1, 1.5), blur(1, 1), totalVariation(0.2, 2)],
    [clipSmallNorm(30)],
    [clipSmallContribution(30)],
    [
      l2(0.1),
      totalVariation(0.1, 2),
      decay(0.1),
      blur(1, 1),
      clipSmallNorm(20),
      clipSmallContribution(20),
      clamp([-0.5, -0.5, -0.5], [0.5, 0.6, 0.7]),
    ],
  ];
  it.each(lists.map((list) => [list.map(({ name }) => name).join(', '), list] as const))(
    '%s are the same as in one piece',
    async (_, list) => {
      const before = memory().numTensors;
      const results: Canvas[] = [];
      for (const limit of LIMITS) {
        const changed = canvas(1);
        await regularise(changed, canvas(2), list, STEP, limit);
        results.push(changed);
      }
      for (const result of results) expect(result).toEqual(results[0]);
      expect(results[0]).not.toEqual(canvas(1));
      expect(memory().numTensors).toBe(before);
    },
  );

  it('are applied one after the other', async () => {
    const together = canvas(1);
    await regularise(together, canvas(2), [decay(0.5), blur(1, 1), clamp([0, 0, 0], [1, 1, 1])], STEP);
    const apart = canvas(1);
    for (const one of [decay(0.5), blur(1, 1), clamp([0, 0, 0], [1, 1, 1])]) await regularise(apart, canvas(2), [one], STEP);
    expect(together).toEqual(apart);
  });

  it('none leave the picture as it is', async () => {
    const picture = canvas(1);
    await regularise(picture, canvas(2), [], STEP);
    expect(picture).toEqual(copy(canvas(1)));
  });

  it('let go of everything when one fails', async () => {
    const before = memory().numTensors;
    const failing: Regulariser = {
      ...blur(1, 1),
      apply: () => {
        throw new Error('planned');
      },
    };
    await expect(regularise(canvas(1), canvas(2), [clipSmallNorm(10), failing], STEP, 30)).rejects.toThrow('planned');
    expect(memory().numTensors).toBe(before);
  });
});
