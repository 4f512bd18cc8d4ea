import { expect, test } from 'vitest';
import { kindOf } from '../../src/benchmark/standing.js';

test('networks of the ensemble that were trained together stand with the ensemble', () => {
  expect(['lenet', 'alexnet', undefined].map(kindOf)).toEqual(['baseline', 'baseline', 'baseline']);
  expect(kindOf('sketchANet')).toBe('one Sketch-a-Net');
  expect(kindOf('sketchANetFused')).toBe('ensemble');
});
