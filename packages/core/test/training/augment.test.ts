import {
  type Augmentation,
  augmentationOptions,
  type Batch,
  createBatch,
  createRandom,
  epochOrder,
  fillDistorted,
  fillPlain,
  pictureExamples,
  pixelTable,
  type TrainingImages,
} from '@featurescope/core';
import { describe, expect, it } from 'vitest';

const SIDE = 4;
const images: TrainingImages = {
  images: Uint8Array.from({ length: 6 * SIDE * SIDE }, (_, i) => 1 + (i % 200)),
  labels: Int32Array.of(0, 1, 0, 1, 0, 1),
  classes: ['a', 'b'],
  height: SIDE,
  width: SIDE,
};
const grey = { channelOrder: 'grey', scale: 1, mean: [0], std: [1] } as const;
const data = pictureExamples(images, grey);
const everything: Augmentation = {
  flip: true,
  translate: 1,
  zoom: 0.2,
  noise: 0.1,
  brightness: 0.1,
  contrast: 0.1,
  colour: 0.1,
  cutout: 2,
};
const order = Int32Array.of(4, 2, 0, 5);

const distorted = (options: Partial<Augmentation>, seed: number, epoch: number, from: readonly number[] = [...order]): Batch => {
  const batch = createBatch(data, from.length);
  const examples = pictureExamples(images, grey, augmentationOptions.parse(options));
  fillDistorted(batch, examples, Int32Array.from(from), 0, createRandom(seed).fork(epoch));
  return batch;
};

const picture = (batch: Batch, index: number): number[] => [...batch.input.slice(index * SIDE * SIDE, (index + 1) * SIDE * SIDE)];

describe('batches', () => {
  it('are plain pictures without any distortion', () => {
    const plain = createBatch(data, 4);
    fillPlain(plain, data, order, 0);
    expect(distorted({}, 1, 1)).toEqual(plain);
    expect(picture(plain, 0)).toEqual([...images.images.slice(4 * 16, 5 * 16)]);
    expect([...plain.labels]).toEqual([0, 0, 0, 1]);
  });

  it('depend only on seed, epoch and picture, not on the order', () => {
    const forwards = distorted(everything, 3, 7, [0, 1, 2, 3]);
    const backwards = distorted(everything, 3, 7, [3, 2, 1, 0]);
    for (let i = 0; i < 4; i++) expect(picture(forwards, i)).toEqual(picture(backwards, 3 - i));
    expect(distorted(everything, 3, 8, [0, 1, 2, 3])).not.toEqual(forwards);
    expect(distorted(everything, 4, 7, [0, 1, 2, 3])).not.toEqual(forwards);
  });

  it('mirror left to right', () => {
    const plain = picture(distorted({}, 1, 1), 0);
    const mirrored = Array.from({ length: 16 }, (_, i) => plain[4 * Math.floor(i / 4) + 3 - (i % 4)]);
    const seen = Array.from({ length: 20 }, (_, epoch) => picture(distorted({ flip: true }, 1, epoch), 0));
    expect(seen.some((pixels) => String(pixels) === String(plain))).toBe(true);
    expect(seen.some((pixels) => String(pixels) === String(mirrored))).toBe(true);
    expect(seen.every((pixels) => [String(plain), String(mirrored)].includes(String(pixels)))).toBe(true);
  });

  it('shift by whole pixels and fill with 0', () => {
    const plain = picture(distorted({}, 1, 1), 0);
    const shifted = (dy: number, dx: number): string =>
      String(
        Array.from({ length: 16 }, (_, i) => {
          const [y, x] = [Math.floor(i / 4) - dy, (i % 4) - dx];
          return y >= 0 && y < 4 && x >= 0 && x < 4 ? plain[4 * y + x] : 0;
        }),
      );
    const all = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => shifted(dy, dx)));
    const seen = Array.from({ length: 60 }, (_, epoch) => String(picture(distorted({ translate: 1 }, 1, epoch), 0)));
    expect(seen.every((pixels) => all.includes(pixels))).toBe(true);
    expect(new Set(seen).size).toBeGreaterThan(6);
  });

  it('cut out a square of zeros', () => {
    const zeros = (pixels: readonly number[]): number => pixels.filter((value) => value === 0).length;
    const counts = Array.from({ length: 40 }, (_, epoch) => zeros(picture(distorted({ cutout: 2 }, 1, epoch), 0)));
    expect(new Set(counts)).toEqual(new Set([1, 2, 4]));
  });

  it('take the same distortions when another option is switched on', () => {
    const shifted = picture(distorted({ translate: 1 }, 1, 1), 0).map((value) => value > 0);
    expect(picture(distorted({ translate: 1, contrast: 0.1 }, 1, 1), 0).map((value) => value > 0)).toEqual(shifted);
  });
});

describe('pixelTable', () => {
  it('applies (pixel · scale − mean) / std per channel, in the network’s order', () => {
    const bgr = { channelOrder: 'bgr', scale: 2, mean: [1, 2, 3], std: [1, 2, 4] } as const;
    const rgb: TrainingImages = { images: Uint8Array.of(10, 20, 30), labels: Int32Array.of(0), classes: ['a'], height: 1, width: 1 };
    const examples = pictureExamples(rgb, bgr);
    const batch = createBatch(examples, 1);
    fillPlain(batch, examples, Int32Array.of(0), 0);
    expect([...batch.input]).toEqual([(60 - 1) / 1, (40 - 2) / 2, (20 - 3) / 4]);
  });

  it('inverts', () => {
    expect(pixelTable({ channelOrder: 'grey', scale: 1, mean: [0], std: [1], invert: true }, 1).values[5]).toBe(250);
  });

  it('refuses pictures with other channels', () => {
    expect(() => pixelTable({ channelOrder: 'rgb', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] }, 1)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The training pictures have 1 channel(s), but the preprocessing says channelOrder "rgb". Use "rgb" or "bgr" for colour pictures, "grey" for grey ones.]`,
    );
  });
});

describe('epochOrder', () => {
  it('is a permutation that depends on the epoch', () => {
    const random = createRandom(2);
    expect([...epochOrder(random, 1, 50)].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(epochOrder(random, 1, 50)).toEqual(epochOrder(random, 1, 50));
    expect(epochOrder(random, 1, 50)).not.toEqual(epochOrder(random, 2, 50));
  });
});
