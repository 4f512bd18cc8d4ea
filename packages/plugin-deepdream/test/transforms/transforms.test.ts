import { createRandom } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { composeTransforms } from '../../src/transforms/compose.js';
import { defaultTransforms } from '../../src/transforms/defaults.js';
import { jitter } from '../../src/transforms/jitter.js';
import { pad } from '../../src/transforms/pad.js';
import { rotate } from '../../src/transforms/rotate.js';
import { scale } from '../../src/transforms/scale.js';
import { resampled } from '../../src/transforms/similarity.js';
import type { Transform } from '../../src/transforms/transform.js';
import { expectAdjoint, expectTrueGradient, filled, type Shape4, TESTED, use } from '../gradients.js';

/** One factor or angle that is always drawn. */
const just = (value: number) => ({ from: value, to: value });

const line = (...numbers: number[]): Tensor4D => tf.tensor4d(numbers, [1, 1, numbers.length, 1]);
const apply = async (transform: Transform, picture: Tensor4D, seed: number | string = 1): Promise<number[]> => [
  ...(await transform.draw(createRandom(seed))(picture).data()),
];

/** One of each kind, and lists of them. */
const ALL: readonly Transform[] = [
  pad(3, 'reflect'),
  pad(9, 'reflect'),
  pad(2, 'constant', 0.5),
  pad(2, 'constant', [0.5, -3]),
  jitter(2),
  scale({ from: 0.4, to: 2.2 }),
  scale(just(0.7)),
  rotate({ from: -180, to: 180 }),
  composeTransforms([pad(3, 'reflect'), jitter(2), scale({ from: 0.9, to: 1.1 }), rotate({ from: -10, to: 10 }), jitter(1)]),
];

describe.each(TESTED)('transforms on %s', (backend) => {
  let before = 0;
  beforeAll(() => use(backend));
  beforeEach(() => {
    tf.engine().startScope();
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    tf.engine().endScope();
    expect(tf.memory().numTensors).toBe(before);
  });

  describe.each(ALL.map((transform) => [transform.name, transform] as const))('%s', (_name, transform) => {
    const shape: Shape4 = [2, 7, 6, 2];

    it.each([1, 2, 3, 4])('has the exact adjoint as its gradient, draw %i', (seed) =>
      expectAdjoint(transform.draw(createRandom(seed)), shape),
    );

    it('has the gradient of central differences', async () => {
      const x = Float32Array.from(await filled(shape, 5).data());
      await expectTrueGradient(transform.draw(createRandom('fd')), x, shape, 0.25);
    });

    it('gives one size for every draw, leaves nothing behind and shares the draw over the batch', async () => {
      const sizes = new Set<string>();
      for (let seed = 0; seed < 8; seed++) {
        const picture = tf.tidy(() => tf.tile(filled([1, 7, 6, 2]), [2, 1, 1, 1]));
        const count = tf.memory().numTensors;
        const changed = transform.draw(createRandom(seed))(picture);
        expect(tf.memory().numTensors).toBe(count + 1);
        sizes.add(String(changed.shape));
        const data = [...(await changed.data())];
        expect(data.slice(data.length / 2)).toEqual(data.slice(0, data.length / 2));
      }
      expect(sizes.size).toBe(1);
    });
  });

  it.each([scale(just(1)), rotate(just(0)), jitter(0), pad(0, 'reflect'), pad(0, 'constant', 3), composeTransforms([])])(
    'leaves every bit as it is where nothing changes: $name',
    async (transform) => {
      const picture = filled([2, 5, 4, 3]);
      expect(await apply(transform, picture)).toEqual([...(await picture.data())]);
      const gradient = tf.grad((x) => transform.draw(createRandom(1))(x as Tensor4D))(picture, filled([2, 5, 4, 3], 9));
      expect([...(await gradient.data())]).toEqual([...(await filled([2, 5, 4, 3], 9).data())]);
    },
  );

  it('pads by reflection without repeating the border, also by more than the picture has', async () => {
    const size3 = tf.reshape(tf.range(0, 9), [1, 3, 3, 1]) as Tensor4D;
    expect(await apply(pad(1, 'reflect'), size3)).toEqual([4, 3, 4, 5, 4, 1, 0, 1, 2, 1, 4, 3, 4, 5, 4, 7, 6, 7, 8, 7, 4, 3, 4, 5, 4]);
    const once = await apply(pad(5, 'reflect'), line(0, 1, 2));
    expect(once.slice(0, 13)).toEqual([1, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2, 1]);
    expect(await apply(pad(2, 'reflect'), line(7))).toEqual(new Array(25).fill(7));
  });

  it('pads with one number, or with one for each channel', async () => {
    const picture = tf.tensor4d([1, 2], [1, 1, 1, 2]);
    expect(await apply(pad(1, 'constant', 9), picture)).toEqual([9, 9, 9, 9, 9, 9, 9, 9, 1, 2, 9, 9, 9, 9, 9, 9, 9, 9]);
    expect(await apply(pad(1, 'constant', [3, 4]), picture)).toEqual([3, 4, 3, 4, 3, 4, 3, 4, 1, 2, 3, 4, 3, 4, 3, 4, 3, 4]);
    expect(() => pad(1, 'constant', [1, 2, 3]).draw(createRandom(1))(picture)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: pad was given 3 values to fill with for a picture of 2 channels; use one number, or one for each channel]`,
    );
  });

  it('jitters to every place, each equally likely, and refuses to leave nothing', async () => {
    const picture = tf.reshape(tf.range(0, 25), [1, 5, 5, 1]) as Tensor4D;
    const seen = new Map<number, number>();
    for (let seed = 0; seed < 450; seed++) {
      const [first = -1, second, ...rest] = await apply(jitter(1), picture, seed);
      expect([second, rest[1], rest[6]]).toEqual([first + 1, first + 5, first + 12]);
      seen.set(first, (seen.get(first) ?? 0) + 1);
    }
    expect([...seen.keys()].sort((a, b) => a - b)).toEqual([0, 1, 2, 5, 6, 7, 10, 11, 12]);
    expect(Math.min(...seen.values())).toBeGreaterThan(25);
    expect(() => jitter(3).draw(createRandom(1))(picture)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: jitter:3 takes 6 pixels off a picture of 5×5, and nothing is left; use a smaller jitter, or pad:3 before it]`,
    );
  });

  it('scales about the centre, reflecting what lies outside', async () => {
    expect(await apply(scale(just(2)), line(0, 1, 2, 3, 4))).toEqual([1, 1.5, 2, 2.5, 3]);
    expect(await apply(scale(just(0.5)), line(0, 1, 2, 3, 4))).toEqual([2, 0, 2, 4, 2]);
  });

  it('turns anticlockwise', async () => {
    const picture = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const turned = await apply(rotate(just(90)), picture);
    expect(turned.map((value) => Math.round(value * 1e4) / 1e4)).toEqual([3, 6, 9, 2, 5, 8, 1, 4, 7]);
  });

  it('draws in the order of the list, and resamples once for turns and scales in a row', async () => {
    const picture = filled([1, 9, 8, 2]);
    const kinds = [scale({ from: 0.8, to: 1.2 }), rotate({ from: -30, to: 30 }), pad(1, 'reflect'), jitter(1)];
    const random = createRandom('list');
    const [factor, degrees] = [0.8 + 0.4 * random.uniform(), -30 + 60 * random.uniform()];
    const once = resampled({ factor, degrees })(picture);
    const expected = jitter(1).draw(random)(pad(1, 'reflect').draw(random)(once));
    expect(await apply(composeTransforms(kinds), picture, 'list')).toEqual([...(await expected.data())]);
    const back = composeTransforms([scale(just(2)), rotate(just(33)), scale(just(0.5)), rotate(just(-33))]);
    expect(await apply(back, picture)).toEqual([...(await picture.data())]);
  });

  it('samples a plane exactly where it does not leave the picture', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 5, max: 12 }),
        fc.integer({ min: 5, max: 12 }),
        fc.double({ min: 0.6, max: 1.8, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        async (height, width, factor, degrees) => {
          const [cy, cx] = [(height - 1) / 2, (width - 1) / 2];
          const plane = (y: number, x: number) => 0.3 * (y - cy) - 0.7 * (x - cx) + 2;
          const picture = tf.tensor4d(
            Float32Array.from({ length: height * width }, (_, i) => plane(Math.floor(i / width), i % width)),
            [1, height, width, 1],
          );

          const scaled = await apply(scale(just(factor)), picture);
          const turned = await apply(rotate(just(degrees)), picture);
          picture.dispose();
          const angle = (degrees * Math.PI) / 180;
          for (let i = 0; i < height * width; i++) {
            // What is at z = across + i·up comes from z·e^(−i·angle).
            const [up, across] = [cy - Math.floor(i / width), (i % width) - cx];
            const [y, x] = [cy - (up * Math.cos(angle) - across * Math.sin(angle)), cx + across * Math.cos(angle) + up * Math.sin(angle)];
            const inside = (a: number, size: number) => a >= 0 && a <= size - 1;
            if (inside(y, height) && inside(x, width)) expect(turned[i]).toBeCloseTo(plane(y, x), 4);
            const [sy, sx] = [cy - up / factor, cx + across / factor];
            if (inside(sy, height) && inside(sx, width)) expect(scaled[i]).toBeCloseTo(plane(sy, sx), 4);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('keeps the least and the greatest value: no number outside comes in', async () => {
    const picture = filled([1, 9, 8, 3]);
    const given = [...(await picture.data())];
    for (let seed = 0; seed < 20; seed++) {
      const changed = await apply(composeTransforms(defaultTransforms(32)), picture, seed);
      expect(Math.min(...changed)).toBeGreaterThanOrEqual(Math.min(...given) - 1e-6);
      expect(Math.max(...changed)).toBeLessThanOrEqual(Math.max(...given) + 1e-6);
    }
  });

  it('draws the same for the same seed, and not for another', async () => {
    const picture = filled([1, 16, 16, 3]);
    const transform = composeTransforms(defaultTransforms(32));
    expect(await apply(transform, picture, 'a')).toEqual(await apply(transform, picture, 'a'));
    expect(await apply(transform, picture, 'a')).not.toEqual(await apply(transform, picture, 'b'));
  });

  it('serves pictures of several sizes with one draw', async () => {
    const apply90 = rotate(just(90)).draw(createRandom(1));
    for (const [height, width] of [
      [2, 2],
      [2, 3],
      [2, 2],
    ] as const) {
      const picture = filled([1, height, width, 1]);
      expect(apply90(picture).shape).toEqual([1, height, width, 1]);
      expect([...(await apply90(picture).data())]).toEqual(await apply(rotate(just(90)), picture));
    }
  });
});

it('refuses what cannot be drawn', () => {
  expect(() => jitter(1.5)).toThrowErrorMatchingInlineSnapshot(
    `[FeaturescopeError: jitter was given 1.5 pixels; use a whole number that is not negative]`,
  );
  expect(() => pad(-1, 'reflect')).toThrowErrorMatchingInlineSnapshot(
    `[FeaturescopeError: pad was given -1 pixels; use a whole number that is not negative]`,
  );
  expect(() => scale({ from: 1, to: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[FeaturescopeError: scale was given the factor 0; use factors above 0, such as 0.9 to 1.1]`,
  );
  expect(() => scale({ from: Number.NaN, to: 1 })).toThrow('NaN');
});
