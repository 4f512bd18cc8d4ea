import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resizePixels } from '../../src/image/resize.js';
import { gradient, picture } from '../pictures.js';

const row = (values: readonly number[]) => picture(values.length, 1, 1, (_y, x) => values[x] ?? 0);
const KERNELS = ['bilinear', 'nearest', 'lanczos3'] as const;

describe('resizePixels', () => {
  /** Numbers of Pillow 12.3. */
  it.each([
    ['bilinear', [0, 100, 200, 255, 0, 50, 40, 30], 3, [107, 124, 36]],
    ['bilinear', [0, 100, 200], 6, [0, 25, 75, 125, 175, 200]],
    ['lanczos3', [0, 100, 200, 255, 0, 50, 40, 30], 3, [113, 136, 18]],
    ['nearest', [0, 100, 200, 255, 0, 50], 3, [100, 255, 50]],
  ] as const)('%s of %j to %i gives %j', (kernel, values, width, expected) => {
    expect([...resizePixels(row(values), [1, width], kernel).data]).toEqual(expected);
  });

  it('keeps the mean of what it shrinks', () => {
    const stripes = picture(40, 40, 1, (_y, x) => (x % 2 === 0 ? 255 : 0));
    for (const sample of resizePixels(stripes, [10, 10], 'bilinear').data) expect(Math.abs(sample - 127.5)).toBeLessThan(10);
  });

  it('keeps a picture of one colour, whatever the sizes', () => {
    const size = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(size, size, size, size, fc.nat(255), fc.constantFrom(...KERNELS), (w, h, toWidth, toHeight, level, kernel) => {
        const resized = resizePixels(
          picture(w, h, 3, () => level),
          [toHeight, toWidth],
          kernel,
        );
        expect(resized.data).toHaveLength(toWidth * toHeight * 3);
        expect(resized.data.every((sample) => sample === level)).toBe(true);
      }),
    );
  });

  it('leaves a picture of the wanted size alone', () => {
    const image = gradient(5, 4);
    expect(resizePixels(image, [4, 5], 'bilinear')).toBe(image);
  });
});
