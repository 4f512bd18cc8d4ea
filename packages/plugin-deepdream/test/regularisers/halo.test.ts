import '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { regulariserOptions } from '../../src/regularisers/options.js';
import { isPointwise } from '../../src/regularisers/regulariser.js';
import { regularisers } from '../../src/regularisers/regularisers.js';
import { applied, scattered } from './setting.js';

const all = z.strictObject(regulariserOptions).parse({
  l2: 0.1,
  totalVariation: 0.01,
  tvBeta: 1.5,
  decay: 0.1,
  blurSigma: 1.2,
  clipNorm: 30,
  clipContribution: 30,
  clamp: [-60, 60],
});

const WIDTH = 6;
const HEIGHT = 30;
const rows = (values: Float32Array, from: number, to: number): Float32Array => values.slice(from * WIDTH * 3, to * WIDTH * 3);

describe.each(regularisers(all, { size: [8, 8], channels: 3, fixedSize: false }))('$name', (regulariser) => {
  it('gives the same for a piece of the picture as for all of it, its halo apart', () => {
    const picture = scattered([1, HEIGHT, WIDTH, 3]);
    const gradient = scattered([1, HEIGHT, WIDTH, 3], 1, 2);
    const given = { step: [0.5, 1, 1.5], threshold: [110] };
    const whole = applied(regulariser, picture, [1, HEIGHT, WIDTH, 3], { ...given, gradient });
    const halo = isPointwise(regulariser) ? 0 : regulariser.halo;
    const [top, bottom] = [9, 20];
    const size = bottom - top + 2 * halo;
    const part = applied(regulariser, rows(picture, top - halo, bottom + halo), [1, size, WIDTH, 3], {
      ...given,
      gradient: rows(gradient, top - halo, bottom + halo),
    });
    const expected = rows(whole, top, bottom);
    rows(part, halo, halo + bottom - top).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? 0, 3);
    });
    expect(whole).not.toEqual(picture);
  });
});
