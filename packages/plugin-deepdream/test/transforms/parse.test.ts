import { createRandom } from '@featurescope/core';
import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { composeTransforms } from '../../src/transforms/compose.js';
import { defaultTransforms } from '../../src/transforms/defaults.js';
import { parseTransforms } from '../../src/transforms/parse.js';

const names = (texts: readonly string[]): string[] => parseTransforms(texts).map(({ name }) => name);

describe('transforms as text', () => {
  it('are read in their order', () => {
    const texts = ['pad:12', 'jitter:8', 'scale:0.9..1.1', 'rotate:-10..10', 'jitter:4'];
    expect(names(texts)).toEqual(texts);
    expect(names([' pad:3:constant ', 'pad:2:reflect', 'scale:.5..2', 'rotate:+5..5.'])).toEqual([
      'pad:3:constant',
      'pad:2',
      'scale:0.5..2',
      'rotate:5..5',
    ]);
  });

  it('are an empty list for none', () => {
    expect(parseTransforms(['none'])).toEqual([]);
    expect(parseTransforms([])).toEqual([]);
  });

  it('do what they say', async () => {
    const [border] = parseTransforms(['pad:1:constant'], [5, 6]);
    const picture = tf.tensor4d([1, 2], [1, 1, 1, 2]);
    const padded = border?.draw(createRandom(1))(picture);
    expect([...((await padded?.data()) ?? [])]).toEqual([5, 6, 5, 6, 5, 6, 5, 6, 1, 2, 5, 6, 5, 6, 5, 6, 5, 6]);
    tf.dispose([picture, ...(padded ? [padded] : [])]);
  });

  it.each([
    'blur:2',
    'jiter:2',
    '',
    'pad',
    'pad:-1',
    'pad:1.5',
    'pad:2:mirror',
    'pad:2:constant:3',
    'jitter:',
    'jitter:2:3',
    'scale:1.1',
    'scale:1.1..0.9',
    'scale:0..1',
    'scale:-1..1',
    'rotate:10',
    'rotate:a..b',
    'rotate:1..2..3',
    'rotate:-10..10:x',
  ])('are refused with what is expected: "%s"', (text) => {
    let message = '';
    try {
      parseTransforms(['pad:1', text]);
    } catch (error) {
      message = error instanceof Error ? error.message : '';
      expect(error).toMatchObject({ category: 'usage' });
    }
    expect(message).toContain(`"${text}"`);
    expect(message).toMatch(/use|expected/);
  });

  it('are refused in words that help', () => {
    expect(() => parseTransforms(['jiter:2'])).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: "jiter:2" is no transform; use pad:12, jitter:8, scale:0.9..1.1, rotate:-10..10, or none alone. Did you mean "jitter"?]`,
    );
    expect(() => parseTransforms(['rotate:10'])).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: the transform "rotate:10" cannot be read; expected rotate:-10..10, with two angles in degrees, the smaller one first]`,
    );
    expect(() => parseTransforms(['none', 'pad:2'])).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: --transforms none,pad:2 names none beside others; use none alone, or leave it out]`,
    );
  });
});

describe('the default transforms', () => {
  it('are those of lucid at 224, and smaller in proportion', () => {
    const named = (side: number): string => composeTransforms(defaultTransforms(side)).name;
    expect(named(224)).toBe('pad:12,jitter:8,scale:0.9..1.1,rotate:-10..10,jitter:4');
    expect(named(32)).toBe('pad:2,jitter:1,scale:0.9..1.1,rotate:-10..10,jitter:1');
    expect(named(8)).toBe(named(32));
    expect(composeTransforms(parseTransforms(named(112).split(','))).name).toBe(named(112));
  });

  it.each([8, 32, 75, 224, 299])('keep the size of a picture for an input of %i', (side) => {
    const picture = tf.zeros<tf.Rank.R4>([1, 9, 13, 1]);
    const changed = composeTransforms(defaultTransforms(side)).draw(createRandom(side))(picture);
    expect(changed.shape).toEqual([1, 9, 13, 1]);
    tf.dispose([picture, changed]);
  });
});
