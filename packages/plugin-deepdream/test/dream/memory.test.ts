import '@tensorflow/tfjs';
import { tinyModel } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { planTiles } from '../../src/dream/memory.js';
import { dream } from '../../src/index.js';
import { passBytes } from '../../src/tiles/pass-bytes.js';
import { photonet } from './support.js';

type Options = Parameters<typeof planTiles>[3];
const options = (given: Parameters<typeof dream>[0] = {}) => dream(given).options as unknown as Options;
const LAYERS = ['relu4_2'];

describe('the tiles of a large picture', () => {
  it.each([
    ['1GB', 1e9, 0],
    ['2GB', 2e9, 1],
    ['3GB', 3e9, 2],
  ])('are of one size for all octaves in %s, and leave room for those that are seen as a whole', async (memory, bytes, seen) => {
    const model = await photonet();
    const sizes = [500, 700, 1000, 1400, 2000].map((side) => [side, side] as const);
    const plans = planTiles(model, LAYERS, sizes, options({ memory }), 'dream');
    const tile = plans.at(-1)?.size ?? [0, 0];
    expect(tile[0] % 32).toBe(0);
    expect(plans.at(-1)).toMatchObject({ blend: 'ramp', shift: true });
    sizes.forEach(([side], i) => void expect(plans[i]?.size).toEqual(side > tile[0] ? tile : undefined));
    const whole = sizes.filter(([side]) => side <= tile[0]);
    const passes = [tile, ...whole].reduce((sum, size) => sum + passBytes(model.network, [...size, 3], LAYERS), 0);
    // Before, after, gradient, recording, detail, and one to spare.
    expect(passes + 300e6 + 6 * 4 * 2000 * 2000 * 3).toBeLessThanOrEqual(bytes);
    expect(whole).toHaveLength(seen);
    model.dispose();
  });

  it('are smaller with Adam, a guide and clipping, which hold more arrays of its size', async () => {
    const model = await photonet();
    const side = (given: Parameters<typeof dream>[0], size = 3000) =>
      planTiles(model, LAYERS, [[size, size]], options({ memory: '2GB', octaves: 1, ...given }), 'dream')[0]?.size[0] ?? Number.NaN;
    expect(side({ stepRule: 'adam' })).toBeLessThan(side({}));
    expect(side({ guide: 'a.png' })).toBeLessThan(side({}));
    expect(side({ guide: 'a.png', guideMatch: 'max' })).toBe(side({}));
    const large = side({ memory: '4GB' }, 6000);
    expect(side({ memory: '4GB', clipNorm: 1 }, 6000)).toBeLessThan(large);
    expect(side({ memory: '4GB', clipContribution: 1 }, 6000)).toBeLessThan(large);
    model.dispose();
  });

  it('are none where the memory is enough, and cannot be had where not even the picture fits', async () => {
    const model = await tinyModel();
    expect(planTiles(model, ['conv2'], [[64, 64]], options(), 'dream')).toEqual([undefined]);
    expect(() => planTiles(model, ['conv2'], [[64, 64]], options({ memory: '200MB' }), 'dream')).toThrow(
      /^dream: --memory 200MB.*needs about 30\dMB/,
    );
    expect(() => planTiles(model, ['conv2'], [[4096, 4096]], options({ memory: '1GB' }), 'dream')).toThrow(/^dream: --memory 1GB/);
    model.dispose();
  });
});
