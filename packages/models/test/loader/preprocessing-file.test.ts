import { describe, expect, it } from 'vitest';
import { parsePreprocessing } from '../../src/loader/preprocessing-file.js';

const preprocessing = (file: object, channels = 3) => parsePreprocessing(JSON.stringify(file), 'p.json').preprocessing(channels);
const problem = (file: unknown, channels = 3): string => {
  try {
    parsePreprocessing(typeof file === 'string' ? file : JSON.stringify(file), 'p.json').preprocessing(channels);
  } catch (error) {
    return error instanceof Error ? error.message : 'thrown';
  }
  return 'no error';
};

describe('preprocessing.json', () => {
  it('leaves pixels as they are when it says nothing', () => {
    expect(preprocessing({})).toEqual({ channelOrder: 'rgb', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] });
  });

  it('reads a scale as a number or a fraction', () => {
    expect(preprocessing({ scale: 0.5 }).scale).toBe(0.5);
    expect(preprocessing({ scale: '1/255' }).scale).toBe(1 / 255);
  });

  it('takes the scale from the range of values', () => {
    expect(preprocessing({ valueRange: [0, 1] }).scale).toBe(1 / 255);
    // pixel · 2/255 − 1
    expect(preprocessing({ valueRange: [-1, 1] })).toEqual({ channelOrder: 'rgb', scale: 2 / 255, mean: [1, 1, 1], std: [1, 1, 1] });
  });

  it('inverts for white strokes on black', () => {
    expect(preprocessing({ background: 0, stroke: 1, channelOrder: 'GRAY' }, 1)).toMatchObject({ channelOrder: 'grey', invert: true });
    expect(preprocessing({ background: 1, stroke: 0 }, 1)).not.toHaveProperty('invert');
  });

  it('reads how strokes become channels', () => {
    const strokes = { parts: 3, split: 'even', penWidth: 2, canvas: 256, resolution: [256, 128] };
    expect(preprocessing({ strokes, scale: '1/255' }, 12)).toMatchObject({
      channelOrder: 'grey',
      scale: 1 / 255,
      strokes,
      mean: Array(12).fill(0),
    });
    expect(problem({ strokes }, 6)).toMatchInlineSnapshot(
      `"p.json does not describe a preprocessing: its strokes are 12 channels, which do not fit a network with 6 channels."`,
    );
    expect(problem({ strokes: { ...strokes, parts: 9 } }, 6)).toMatchInlineSnapshot(
      `"p.json does not describe a preprocessing: strokes.parts: Too big: expected number to be <=5."`,
    );
  });

  it('takes one mean for all channels', () => expect(preprocessing({ mean: [7] }).mean).toEqual([7, 7, 7]));

  it.each([
    ['{', 'it is not JSON'],
    [{ scale: 'two' }, 'scale: '],
    [{ scale: '1/0' }, 'scale: '],
    [{ std: [0] }, 'std.0: '],
    [{ mean: [1, 2] }, 'its mean has 2 values for 3 channels'],
    [{ channelOrder: 'HSV' }, 'channelOrder: '],
    [{ valueRange: [1, 1] }, 'is empty'],
    [{ cropSize: 0 }, 'cropSize'],
    [[], 'the file: '],
  ])('refuses %j', (file, part) => expect(problem(file)).toContain(part));

  it('refuses an order of channels that the network does not have', () => {
    expect(problem({ channelOrder: 'RGB' }, 1)).toContain('does not fit a network with 1 channels');
  });
});
