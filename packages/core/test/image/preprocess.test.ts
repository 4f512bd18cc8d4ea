import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Image, type InputSpec, inputRange, toImage, toInputUnits, toTensor } from '../../src/index.js';

const spec = (channels: number, preprocessing?: InputSpec['preprocessing']): InputSpec => ({
  size: [4, 6],
  channels,
  fixedSize: false,
  ...(preprocessing ? { preprocessing } : {}),
});
const rgb = spec(3, { channelOrder: 'rgb', scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] });
const bgr = spec(3, { channelOrder: 'bgr', scale: 1, mean: [104, 117, 123], std: [1, 1, 1] });
const ink = spec(1, { channelOrder: 'grey', scale: 1, mean: [0], std: [1], invert: true });

const picture = fc
  .record({ height: fc.integer({ min: 1, max: 5 }), width: fc.integer({ min: 1, max: 7 }) })
  .chain(({ height, width }) =>
    fc
      .uint8Array({ minLength: height * width * 3, maxLength: height * width * 3 })
      .map((data): Image => ({ height, width, channels: 3, data })),
  );

const two: Image = { width: 2, height: 1, channels: 3, data: Uint8Array.of(255, 0, 128, 10, 20, 30) };

describe('toInputUnits', () => {
  it('scales, subtracts the mean and divides, per channel', () => {
    const [red, green] = toInputUnits(two, rgb);
    expect(red).toBeCloseTo((1 - 0.485) / 0.229, 5);
    expect(green).toBeCloseTo(-0.456 / 0.224, 5);
  });

  it('puts blue first where the network wants it so', () => {
    expect([...toInputUnits(two, bgr)]).toEqual([128 - 104, 0 - 117, 255 - 123, 30 - 104, 20 - 117, 10 - 123]);
  });

  it('turns colour into grey, grey into colour, and transparency into white', () => {
    expect(toInputUnits(two, spec(1))[0]).toBe(Math.round(0.299 * 255 + 0.114 * 128));
    expect([...toInputUnits({ width: 1, height: 2, channels: 1, data: Uint8Array.of(9, 200) }, spec(3))]).toEqual([9, 9, 9, 200, 200, 200]);
    expect([...toInputUnits({ width: 1, height: 1, channels: 4, data: Uint8Array.of(9, 9, 9, 0) }, spec(3))]).toEqual([255, 255, 255]);
  });

  it('inverts dark strokes on light ground, and leaves light ones on dark', () => {
    const dark: Image = { width: 3, height: 1, channels: 1, data: Uint8Array.of(255, 0, 255) };
    const light: Image = { width: 3, height: 1, channels: 1, data: Uint8Array.of(0, 255, 0) };
    expect([...toInputUnits(dark, ink)]).toEqual([0, 255, 0]);
    expect([...toInputUnits(light, ink)]).toEqual([0, 255, 0]);
  });

  it('refuses networks that take no pictures', () => {
    expect(() => toInputUnits(two, spec(6))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: A picture has 1 or 3 channels, but the network takes 6: give a drawing (.svg, .ndjson) or a .npy array of shape [height, width, 6] instead.]`,
    );
  });
});

describe('toImage', () => {
  it('gives back the picture that a tensor was made of', () => {
    fc.assert(
      fc.property(picture, fc.constantFrom(rgb, bgr), (image, input) => {
        const shape = [image.height, image.width, 3] as const;
        expect(toImage(toInputUnits(image, input), shape, input)).toEqual(image);
      }),
    );
  });

  it('clamps, and copes with what is not a number', () => {
    expect([...toImage([1e9, -1e9, Number.NaN], [1, 1, 3], rgb).data]).toEqual([255, 0, 0]);
  });

  it('stretches values of unknown meaning', () => {
    expect([...toImage([-2, 0, 2, 2, 0, -2], [1, 2, 3], spec(3)).data]).toEqual([0, 128, 255, 255, 128, 0]);
    expect(toImage(new Float32Array(2 * 3 * 6), [2, 3, 6], rgb)).toMatchObject({ height: 2, width: 3, channels: 1 });
  });
});

describe('inputRange', () => {
  it('is the range of 8-bit pixels in input units', () => {
    expect(inputRange(bgr)).toEqual({ min: [-104, -117, -123], max: [151, 138, 132] });
    expect(inputRange(spec(3))).toBeUndefined();
  });

  it('holds every picture', () => {
    fc.assert(
      fc.property(picture, (image) => {
        const { min, max } = inputRange(rgb) ?? { min: [], max: [] };
        toInputUnits(image, rgb).forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual((min[i % 3] ?? 0) - 1e-5);
          expect(value).toBeLessThanOrEqual((max[i % 3] ?? 0) + 1e-5);
        });
      }),
    );
  });
});

it('makes tensors [1, H, W, C]', () => {
  const tensor = toTensor({ width: 2, height: 3, channels: 1, data: new Uint8Array(6) }, rgb);
  expect(tensor.shape).toEqual([1, 3, 2, 3]);
  tensor.dispose();
  expect(tf.memory().numTensors).toBe(0);
});
