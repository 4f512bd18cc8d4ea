import { expect, it } from 'vitest';
import { alternatives, didYouMean, nearest } from '../src/index.js';

it('puts the nearest names first', () => {
  expect(nearest('fire5/conct', ['conv1', 'fire5/concat', 'fire4/concat'], 2)).toEqual(['fire5/concat', 'fire4/concat']);
  expect(nearest('DREAM', ['gradient', 'dream'], 1)).toEqual(['dream']);
  expect(nearest('fire5', ['fc8', 'fire5/concat', 'fire'], 2)).toEqual(['fire', 'fire5/concat']);
  expect(nearest('ocatves', ['octave-scale', 'octaves', 'jitter'], 1)).toEqual(['octaves']);
});

it('always proposes something, and nothing when there is nothing', () => {
  expect(nearest('zzzz', ['a', 'b'])).toHaveLength(2);
  expect(nearest('x', [])).toEqual([]);
  expect(didYouMean('x', [])).toBe('');
});

it('writes lists as English does', () => {
  expect(alternatives(['a'])).toBe('"a"');
  expect(alternatives(['a', 'b', 'c'])).toBe('"a", "b" or "c"');
});
