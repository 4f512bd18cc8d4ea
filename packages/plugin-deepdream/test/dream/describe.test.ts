import { expect, it } from 'vitest';
import { describeDream } from '../../src/dream/describe.js';

const stages = (octaves: number, iterations: number) => ({
  stages: Array.from({ length: octaves }, () => ({ label: '', iterations, begin: () => Promise.reject(new Error('unused')), phases: [] })),
});
const described = (given: { guide?: string; minimise?: boolean }, done: number, octaves = 2, iterations = 5) =>
  describeDream(['a', 'b'], { guide: given.guide, minimise: given.minimise ?? false, iterations }, stages(octaves, iterations), {
    iterations: done,
  });

it('says where the layers were led, and how far', () => {
  expect(described({}, 10)).toBe('a + b excited in 2 octaves of 5 iterations');
  expect(described({ minimise: true }, 10)).toBe('a + b calmed in 2 octaves of 5 iterations');
  expect(described({ guide: 'x.png' }, 1, 1, 1)).toBe('a + b led towards the guide in 1 octave of 1 iteration');
  expect(described({ guide: 'x.png', minimise: true }, 7)).toBe(
    'a + b led away from the guide in 2 octaves of 5 iterations, stopped after 7 of 10',
  );
});
