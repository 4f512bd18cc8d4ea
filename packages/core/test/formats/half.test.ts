import { describe, expect, it } from 'vitest';
import { decodeHalf, encodeHalf, halfToNumber } from '../../src/formats/half.js';

const encode = (value: number) => encodeHalf(Float32Array.of(value))[0];

describe('half precision', () => {
  it('keeps every finite half-precision number', () => {
    const bits = Uint16Array.from({ length: 65536 }, (_, i) => i).filter((pattern) => (pattern & 0x7c00) !== 0x7c00);
    expect(encodeHalf(decodeHalf(bits))).toEqual(bits);
  });

  it.each([
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [65519, 0x7bff],
    [65520, 0x7c00],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [1.0000001 * 2 ** -25, 0x0001],
    [3 * 2 ** -25, 0x0002],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [-0, 0x8000],
    [Number.POSITIVE_INFINITY, 0x7c00],
    [Number.NEGATIVE_INFINITY, 0xfc00],
  ])('rounds %d to the nearest pattern, ties to even', (value, pattern) => {
    expect(encode(value)).toBe(pattern);
  });

  it('picks the nearest of all halves for numbers in between', () => {
    for (let bits = 0; bits < 0x7bff; bits += 7) {
      const low = halfToNumber(bits);
      const high = halfToNumber(bits + 1);
      expect(encode(low + (high - low) * 0.49)).toBe(bits);
      expect(encode(low + (high - low) * 0.51)).toBe(bits + 1);
      expect(encode(low + (high - low) / 2)).toBe(bits % 2 === 0 ? bits : bits + 1);
    }
  });

  it('keeps NaN', () => {
    expect(decodeHalf(encodeHalf(Float32Array.of(Number.NaN)))[0]).toBeNaN();
  });
});
