import { type InputSpec, inputRange } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FourierOptions, fourierParameterisation } from '../../src/parameterisation/fourier.js';
import type { Parameterisation } from '../../src/parameterisation/parameterisation.js';
import { expectAdjoint, expectTrueGradient, type Shape4, TESTED, use } from '../gradients.js';
import { naivePicture, spectralSlope } from './naive-fourier.js';
import { BGR, bare, GREY, RGB } from './specs.js';
import { startsOf } from './starts.js';

/** Uses a parameterisation and frees it. */
async function withFourier<T>(options: FourierOptions, use: (fourier: Parameterisation) => Promise<T>): Promise<T> {
  const fourier = fourierParameterisation(options);
  try {
    return await use(fourier);
  } finally {
    fourier.dispose();
  }
}

const shapeOf = ({ shape }: Parameterisation): Shape4 => [...shape];

/** The picture of the given parameters, or of a start. */
const pictureOf = (
  options: FourierOptions,
  seed: number | string,
): Promise<{ readonly start: Float32Array; readonly data: Float32Array }> =>
  withFourier(options, async (fourier) => {
    const start = startsOf(fourier, seed);
    const picture = tf.tidy(() => fourier.picture(tf.tensor4d(start, shapeOf(fourier))));
    expect(picture.shape).toEqual(options.shape);
    const data = Float32Array.from(await picture.data());
    picture.dispose();
    return { start, data };
  });

describe.each(TESTED)('fourier on %s', (backend) => {
  let before = 0;
  beforeAll(() => use(backend));
  beforeEach(() => {
    before = tf.memory().numTensors;
  });
  afterEach(() => void expect(tf.memory().numTensors).toBe(before));

  it.each<[string, InputSpec, FourierOptions['colour'], readonly [number, number, number]]>([
    ['rgb, decorrelated', RGB, 'decorrelated', [2, 5, 6]],
    ['bgr, decorrelated', BGR, 'decorrelated', [1, 6, 7]],
    ['rgb, plain', RGB, 'plain', [1, 1, 4]],
    ['grey', GREY, 'decorrelated', [2, 4, 1]],
    [
      'three channels of grey',
      { ...RGB, preprocessing: { channelOrder: 'grey', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] } },
      'decorrelated',
      [1, 3, 3],
    ],
    ['bare, three channels', bare(3), 'decorrelated', [1, 4, 4]],
    ['bare, six channels', bare(6), 'plain', [1, 1, 1]],
    ['bare, six channels, decorrelated', bare(6), 'decorrelated', [2, 8, 5]],
  ])('is the naive inverse transform in double precision: %s', async (_name, spec, colour, [n, h, w]) => {
    const shape = [n, h, w, spec.channels] as const;
    for (const decay of [0, 1, 1.5]) {
      const { start, data } = await pictureOf({ shape, spec, colour, decay, deviation: 2 }, 7);
      const expected = naivePicture(start, { shape, spec, colour, decay });
      const span = spec.preprocessing ? Math.max(...(inputRange(spec)?.max ?? [])) : 255;
      for (const [i, value] of data.entries()) expect(Math.abs(value - (expected[i] ?? Number.NaN)) / span).toBeLessThan(2e-6);
    }
  });

  it.each<[string, InputSpec, readonly [number, number, number]]>([
    ['rgb', RGB, [1, 4, 5]],
    ['bare', bare(1), [2, 3, 4]],
  ])('has the gradient of central differences: %s', (_name, spec, [n, h, w]) =>
    withFourier({ shape: [n, h, w, spec.channels], spec, colour: 'decorrelated', deviation: 0.5 }, (fourier) =>
      expectTrueGradient((x) => fourier.picture(x), startsOf(fourier, 2), shapeOf(fourier), 2e-2, 2e-3),
    ),
  );

  it('has the exact adjoint as its gradient where it is linear', () =>
    withFourier({ shape: [2, 9, 12, 3], spec: bare(3), colour: 'decorrelated', deviation: 1 }, (fourier) =>
      expectAdjoint((x) => fourier.picture(x), shapeOf(fourier)),
    ));

  it('stays inside the pixel range, however large the coefficients', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(RGB, BGR, GREY),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(0.01, 1, 100, 1e6),
        async (spec, h, w, deviation) => {
          const { channels } = spec;
          const { data } = await pictureOf({ shape: [1, h, w, channels], spec, colour: 'decorrelated', deviation }, h * 10 + w);
          const { min, max } = inputRange(spec) ?? { min: [], max: [] };
          for (const [i, value] of data.entries()) {
            const [low, high] = [min[i % channels] ?? Number.NaN, max[i % channels] ?? Number.NaN];
            expect(value).toBeGreaterThanOrEqual(low - (high - low) * 1e-6);
            expect(value).toBeLessThanOrEqual(high + (high - low) * 1e-6);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([0, 1, 2])('starts with amplitudes that fall as frequency to the power −%i', async (decay) => {
    const { data } = await pictureOf({ shape: [4, 32, 40, 1], spec: bare(1), colour: 'plain', decay, deviation: 0.01 }, 5);
    expect(Math.abs(spectralSlope(data, [4, 32, 40]) + decay)).toBeLessThan(0.05);
  });
});

it('is middle grey for coefficients of zero', async () => {
  const { data } = await pictureOf({ shape: [1, 4, 6, 3], spec: RGB, colour: 'decorrelated', deviation: 0 }, 1);
  const { min, max } = inputRange(RGB) ?? { min: [], max: [] };
  for (const [i, value] of data.entries()) expect(value).toBeCloseTo(((min[i % 3] ?? 0) + (max[i % 3] ?? 0)) / 2, 5);
});

it('shows the same colours to networks of either channel order', async () => {
  const options = { shape: [1, 5, 6, 3], colour: 'decorrelated', deviation: 0.5 } as const;
  const rgb = { ...BGR, preprocessing: { channelOrder: 'rgb', scale: 1, mean: [123, 117, 104], std: [1, 1, 1] } } as const;
  const [of, mirrored] = [await pictureOf({ ...options, spec: rgb }, 1), await pictureOf({ ...options, spec: BGR }, 1)];
  for (let i = 0; i < of.data.length; i++) expect(mirrored.data[i - (i % 3) + 2 - (i % 3)]).toBeCloseTo(of.data[i] ?? Number.NaN, 3);
  expect(of.data[0]).not.toBeCloseTo(mirrored.data[0] ?? Number.NaN, 1);
});

it('makes the same of the first pictures whatever the batch', async () => {
  const options = { spec: RGB, colour: 'decorrelated', deviation: 0.01 } as const;
  const two = await pictureOf({ ...options, shape: [2, 6, 8, 3] }, 4);
  const five = await pictureOf({ ...options, shape: [5, 6, 8, 3] }, 4);
  expect(five.start.slice(0, two.start.length)).toEqual(two.start);
  expect(five.data.slice(0, 144)).toEqual(two.data.slice(0, 144));
});

it('keeps its constants inside a scope of the caller until it is disposed', async () => {
  const count = tf.memory().numTensors;
  let fourier: Parameterisation | undefined;
  tf.tidy(() => {
    fourier = fourierParameterisation({ shape: [1, 4, 4, 3], spec: RGB, colour: 'decorrelated', deviation: 0.01 });
  });
  const x = tf.zeros<tf.Rank.R4>([1, 3, 3, 8]);
  const kept = tf.memory().numTensors;
  const picture = fourier?.picture(x);
  expect(tf.memory().numTensors).toBe(kept + 1);
  expect(picture?.shape).toEqual([1, 4, 4, 3]);
  tf.dispose([x, picture as Tensor4D]);
  fourier?.dispose();
  expect(tf.memory().numTensors).toBe(count);
});
