import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tileOptions } from '../../src/tiles/options.js';
import { overlapOf } from '../../src/tiles/overlap.js';

const schema = z.strictObject(tileOptions);

describe('the options of tiles', () => {
  it('choose nothing by themselves', () => {
    expect(schema.parse({})).toEqual({});
  });

  it('say what an amount of memory looks like', () => {
    expect(schema.safeParse({ memory: 'much' }).error?.issues[0]?.message).toMatch('such as 2GB');
  });
});

describe('the overlap', () => {
  it('is one number for both axes, or two', () => {
    expect(overlapOf(32, [224, 224])).toEqual([32, 32]);
    expect(overlapOf([0, 124], [100, 224])).toEqual([0, 124]);
  });

  it('is refused when it is a whole tile along an axis', () => {
    expect(() => overlapOf(224, [256, 224])).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: --tile-overlap 224,224 leaves tiles of 256×224 no way forward; give an overlap smaller than the tile, such as --tile-overlap 64,56]`,
    );
    expect(() => overlapOf([100, 0], [100, 200])).toThrow(expect.objectContaining({ code: 'dream/tile-overlap' }));
  });
});
