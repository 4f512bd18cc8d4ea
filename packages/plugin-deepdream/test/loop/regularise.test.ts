import { describe, expect, it } from 'vitest';
import type { Canvas, CanvasShape } from '../../src/loop/canvas.js';
import { regularise } from '../../src/loop/regularise.js';
import { workspace } from '../../src/loop/workspace.js';
import { blur } from '../../src/regularisers/blur.js';
import { clamp } from '../../src/regularisers/clamp.js';
import { clipSmallContribution } from '../../src/regularisers/clip-small-contribution.js';
import { clipSmallNorm } from '../../src/regularisers/clip-small-norm.js';
import { decay } from '../../src/regularisers/decay.js';
import { l2 } from '../../src/regularisers/l2.js';
import type { Regulariser } from '../../src/regularisers/regulariser.js';
import { totalVariation } from '../../src/regularisers/total-variation.js';
import { wavy } from '../dream/support.js';

const SIZE = 13 * 5 * 3;
const STEP = [0.1, 0.2, 0.3] as const;
const canvas = (...salts: number[]): Canvas => {
  const shape: CanvasShape = [salts.length, 13, 5, 3];
  const data = new Float32Array(salts.length * SIZE);
  for (const [n, salt] of salts.entries()) data.set(wavy(SIZE, salt), n * SIZE);
  return { shape, data };
};
/** The second picture has other extremes, so that a threshold over both would tell. */
const brighter = ({ shape, data }: Canvas): Canvas => ({ shape, data: data.map((value, i) => (i < SIZE ? value : 3 * value)) });

const lists: readonly (readonly Regulariser[])[] = [
  [blur(0.5, 1)],
  [blur(2, 1)],
  [blur(30, 1)],
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

describe('regularisers', () => {
  it.each(lists.map((list) => [list.map(({ name }) => name).join(', '), list] as const))(
    '%s make of a batch what they make of each picture, and leave the gradient alone',
    (_, list) => {
      const [together, gradient] = [brighter(canvas(1, 2)), canvas(3, 4)];
      const apart = [0, 1].map((n) => ({ ...canvas(0), data: together.data.slice(n * SIZE, (n + 1) * SIZE) }));
      const space = workspace();
      regularise(together, gradient, list, STEP, space);
      for (const [n, one] of apart.entries()) {
        const before = one.data.slice();
        regularise(one, canvas(3 + n), list, STEP, space);
        expect(together.data.slice(n * SIZE, (n + 1) * SIZE)).toEqual(one.data);
        expect(one.data).not.toEqual(before);
      }
      expect(gradient).toEqual(canvas(3, 4));
    },
  );

  it('are applied one after the other', () => {
    const list = [decay(0.5), blur(1, 1), clamp([0, 0, 0], [1, 1, 1])];
    const [together, apart] = [canvas(1), canvas(1)];
    regularise(together, canvas(2), list, STEP, workspace());
    for (const one of list) regularise(apart, canvas(2), [one], STEP, workspace());
    expect(together).toEqual(apart);
  });

  it('none leave the picture as it is', () => {
    const picture = canvas(1);
    regularise(picture, canvas(2), [], STEP, workspace());
    expect(picture).toEqual(canvas(1));
  });
});
