import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../src/index.js';

const draw = (n: number, f: () => number): number[] => Array.from({ length: n }, f);

describe('createRandom', () => {
  it('gives the same numbers for the same seed, today and tomorrow', () => {
    expect(draw(3, createRandom(1).uniform)).toEqual(draw(3, createRandom(1).uniform));
    expect(draw(3, createRandom(1).uniform)).toMatchInlineSnapshot(`
      [
        0.7074743616394699,
        0.9746958923060447,
        0.45738321589305997,
      ]
    `);
  });

  it('forks streams that depend on seed and label alone', () => {
    const drawn = createRandom(5);
    draw(10, drawn.uniform);
    expect(drawn.fork('a').uniform()).toBe(createRandom(5).fork('a').uniform());
    const labels = ['a', 'b', 'ab', 'ba', '', 1, 2, 12];
    const firsts = labels.map((label) => createRandom(5).fork(label).uniform());
    expect(new Set(firsts).size).toBe(labels.length);
    expect(createRandom(5).fork('a').fork('b').uniform()).not.toBe(createRandom(5).fork('ab').uniform());
  });

  it('has seeds whose streams do not resemble each other', () => {
    const firsts = draw(
      2000,
      (() => {
        let seed = 0;
        return () => createRandom(seed++).uniform();
      })(),
    );
    const mean = firsts.reduce((a, b) => a + b) / firsts.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
    expect(new Set(firsts).size).toBeGreaterThan(1990);
  });

  it('is uniform in [0, 1) and normal with the given moments', () => {
    const random = createRandom(3);
    const uniform = random.fillUniform(new Float32Array(20000), -2, 4);
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(-2);
    expect(uniform.reduce((a, b) => a + b) / 20000).toBeCloseTo(1, 1);
    const normal = random.fillNormal(new Float32Array(20000), 3, 2);
    const mean = normal.reduce((a, b) => a + b) / 20000;
    const deviation = Math.sqrt(normal.reduce((a, b) => a + (b - mean) ** 2, 0) / 20000);
    expect(mean).toBeCloseTo(3, 1);
    expect(deviation).toBeCloseTo(2, 1);
  });

  it('draws integers with both ends and permutations of everything', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: -50, max: 50 }), fc.nat(20), (seed, low, span) => {
        const value = createRandom(seed).integer(low, low + span);
        expect(Number.isInteger(value) && value >= low && value <= low + span).toBe(true);
        expect([...createRandom(seed).permutation(span)].sort((a, b) => a - b)).toEqual(
          draw(
            span,
            (() => {
              let i = 0;
              return () => i++;
            })(),
          ),
        );
      }),
    );
    const random = createRandom(2);
    expect(new Set(draw(200, () => random.integer(0, 3)))).toEqual(new Set([0, 1, 2, 3]));
  });
});
