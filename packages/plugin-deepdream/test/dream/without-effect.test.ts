import { describe, expect, it } from 'vitest';
import { dreamOptions } from '../../src/dream/options.js';
import { withoutEffect } from '../../src/dream/without-effect.js';
import { filmOptions } from '../../src/film/options.js';

const inputs = { inputs: [] };
const dreamt = (given: object) => withoutEffect(inputs, dreamOptions, dreamOptions.parse(given));

describe('options of a dream without effect', () => {
  it.each<[object, string, object]>([
    [{ guideMatch: 'max' }, '--guide-match has no effect without --guide', { guide: 'a.png' }],
    [{ guideMix: 0.5 }, '--guide-mix has no effect without --guide', { guide: 'a.png' }],
    [{ octaves: 1, octaveScale: 2 }, '--octave-scale has no effect with --octaves 1', { octaves: 2 }],
    [
      { tileSize: [64, 64], memory: '2GB' },
      '--memory has no effect with --tile-size, which says how large the tiles are',
      { tileSize: undefined },
    ],
    [{ start: 'flat', startDeviation: 5 }, '--start-deviation has no effect with --start flat', { start: 'gaussian' }],
    [{ start: 'uniform', startValue: 5 }, '--start-value has no effect with --start uniform', { start: 'flat' }],
    [{ frameEvery: 0, animation: 'gif' }, '--animation has no effect with --frame-every 0', { frameEvery: 1 }],
    [{ cycle: ['a@1', 'b@2'], step: 3 }, '--step has no effect where each layer of --cycle has a step of its own', { cycle: ['a@1', 'b'] }],
  ])('%j: %s', (given, message, mended) => {
    expect(dreamt(given)).toEqual([message]);
    expect(dreamt({ ...given, ...mended })).toEqual([]);
  });

  it('are the same for a film, whose animation does not hang on frames of work in progress', () => {
    const given = filmOptions.parse({ guideMix: 0.5, animation: 'gif', octaves: 1, octaveScale: 2 });
    expect(withoutEffect(inputs, filmOptions, given)).toEqual([
      '--guide-mix has no effect without --guide',
      '--octave-scale has no effect with --octaves 1',
    ]);
    expect(withoutEffect(inputs, filmOptions, filmOptions.parse({}))).toEqual([]);
  });
});
