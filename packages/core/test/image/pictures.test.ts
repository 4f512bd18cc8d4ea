import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contactSheet,
  cropImage,
  enlarge,
  heatColour,
  heatmap,
  type Image,
  linearStretch,
  logisticStretch,
  magnitudeStretch,
  overlay,
  planeSheet,
  quantile,
  resizePlan,
  saliencyMap,
  stretchedImage,
} from '../../src/index.js';

const grey = (height: number, width: number, level: number): Image => ({
  width,
  height,
  channels: 1,
  data: new Uint8Array(height * width).fill(level),
});

describe('resizePlan', () => {
  const spec = { size: [224, 224], channels: 3, fixedSize: true } as const;
  const preprocessing = { channelOrder: 'rgb', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] } as const;

  it('scales the shorter side and cuts out the centre', () => {
    const plan = resizePlan([480, 640], { ...spec, preprocessing: { ...preprocessing, resizeShortSide: 256 } });
    expect(plan).toEqual({ resize: [256, 341], crop: { top: 16, left: 58, height: 224, width: 224 } });
    expect(resizePlan([640, 480], { ...spec, size: [224, 200], preprocessing: { ...preprocessing, resizeShortSide: 256 } })).toEqual({
      resize: [341, 256],
      crop: { top: 58, left: 28, height: 224, width: 200 },
    });
  });

  it('scales to the size of the network, to a given size, or not at all', () => {
    expect(resizePlan([480, 640], { ...spec, preprocessing })).toEqual({ resize: [224, 224] });
    expect(resizePlan([480, 640], spec, [100, 150])).toEqual({ resize: [100, 150] });
    expect(resizePlan([480, 640], spec, 'native')).toEqual({ resize: [480, 640] });
  });

  it('always has room for the crop', () => {
    const side = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 400 }), (height, width, resizeShortSide) => {
        const { resize, crop } = resizePlan([height, width], { ...spec, preprocessing: { ...preprocessing, resizeShortSide } });
        expect(crop && crop.top >= 0 && crop.left >= 0 && crop.top + crop.height <= resize[0] && crop.left + crop.width <= resize[1]).toBe(
          true,
        );
      }),
    );
  });
});

describe('cropImage', () => {
  const image: Image = { width: 3, height: 2, channels: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };

  it('cuts out a box and fills what lies outside', () => {
    expect([...cropImage(image, { top: 1, left: 1, height: 1, width: 2 }).data]).toEqual([5, 6]);
    expect([...cropImage(image, { top: -1, left: 2, height: 2, width: 2 }, 9).data]).toEqual([9, 9, 3, 9]);
    expect([...cropImage(image, { top: 5, left: 5, height: 1, width: 2 }, 7).data]).toEqual([7, 7]);
  });

  it('enlarges pixel by pixel', () => {
    const large = enlarge(image, 2);
    expect([large.width, large.height, ...large.data.subarray(0, 6)]).toEqual([6, 4, 1, 1, 2, 2, 3, 3]);
  });
});

describe('heatmap', () => {
  const colours = (image: Image): number[][] =>
    Array.from({ length: image.width * image.height }, (_, i) => [...image.data.subarray(i * 3, i * 3 + 3)]);

  it('is neutral grey for zero, constant and empty maps', () => {
    for (const level of [0, 3, -2, Number.NaN])
      expect(colours(heatmap(new Float32Array(6).fill(level), [2, 3]))).toEqual(Array(6).fill([128, 128, 128]));
    expect(stretchedImage(new Float32Array(6), [2, 3, 1]).data.every((value) => value === 128)).toBe(true);
    expect(stretchedImage(new Float32Array(6), [2, 3, 1], 'logistic').data.every((value) => value === 128)).toBe(true);
  });

  it('is warm for positive, cold for negative and grey for no values', () => {
    const [positive, negative, zero, broken] = colours(heatmap([1, -1, 0, Number.NaN], [2, 2]));
    expect(positive?.[0]).toBeGreaterThan(positive?.[2] ?? 255);
    expect(negative?.[2]).toBeGreaterThan(negative?.[0] ?? 255);
    expect([zero, broken]).toEqual([
      [128, 128, 128],
      [128, 128, 128],
    ]);
  });

  it('grows brighter with magnitude, on both sides', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.34, max: 1, noNaN: true }),
        fc.double({ min: 0.34, max: 1, noNaN: true }),
        fc.boolean(),
        (a, b, below) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)].map((value) => heatColour(below ? -value : value));
          const light = ([red, green, blue]: readonly number[] = []) => 0.299 * (red ?? 0) + 0.587 * (green ?? 0) + 0.114 * (blue ?? 0);
          expect(light(high)).toBeGreaterThanOrEqual(light(low) - 1);
        },
      ),
    );
  });

  it('lies over a picture of its size', () => {
    const over = overlay(grey(2, 3, 255), heatmap([0, 0, 0, 0, 0, 5], [2, 3]), 0.5);
    expect([over.width, over.height, over.channels, over.data[0]]).toEqual([3, 2, 3, 192]);
    expect(() => overlay(grey(3, 2, 0), heatmap([1, 2, 3, 4, 5, 6], [2, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: overlay: expected pictures of one size, but was given 2×3 and 3×2 pixels.]`,
    );
  });
});

describe('stretches', () => {
  it('take the finite values to 0 … 1', () => {
    expect([...linearStretch([-1, 0, 3, Number.NaN])]).toEqual([0, 0.25, 1, 0.5]);
  });

  it('put the lowest value of a signal at 0.01 and zero at 0.5', () => {
    const stretched = logisticStretch([-2, 0, 2, 1]);
    for (const [i, level] of [0.01, 0.5, 0.99].entries()) expect(stretched[i]).toBeCloseTo(level, 5);
  });

  it('show magnitudes from black to white whatever a few outliers are', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => (i === 0 ? 100 : (i % 10) / 9));
    const stretched = magnitudeStretch(values);
    expect([stretched[0], stretched[9], stretched[10]]).toEqual([1, 1, 0]);
    expect([...magnitudeStretch([0, 0, 0])]).toEqual([0.5, 0.5, 0.5]);
    const single = Float32Array.from({ length: 1000 }, (_, i) => (i === 7 ? 4 : 0));
    expect(magnitudeStretch(single)[7]).toBe(1);
  });

  it('keep the order and stay between 0 and 1 for any numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }), (values) => {
        for (const stretched of [linearStretch(values), logisticStretch(values)])
          values.forEach((a, i) => {
            expect(stretched[i]).toBeGreaterThanOrEqual(0);
            expect(stretched[i]).toBeLessThanOrEqual(1);
            const higher = values.flatMap((b, j) => (a > b && (stretched[i] ?? 0) < (stretched[j] ?? 0) - 1e-6 ? [b] : []));
            expect(higher).toEqual([]);
          });
      }),
      { numRuns: 40 },
    );
  });

  it('find quantiles as sorting does', () => {
    fc.assert(
      fc.property(fc.float32Array({ minLength: 1, maxLength: 300 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const sorted = values.filter(Number.isFinite).sort();
        const expected = sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? 0;
        expect(quantile(values, share)).toBe(expected);
      }),
    );
  });

  it('know quantiles', () => {
    expect([quantile([4, 1, 3, 2], 0), quantile([4, 1, 3, 2], 0.5), quantile([4, 1, 3, 2], 1), quantile([], 0.5)]).toEqual([1, 3, 4, 0]);
  });
});

it('takes the strongest channel for a saliency map', () => {
  expect([...saliencyMap([1, -5, 2, 0, 0.5, -0.25], [1, 2, 3])]).toEqual([5, 0.5]);
});

describe('contact sheets', () => {
  it('lay pictures out in rows', () => {
    const sheet = contactSheet([grey(2, 3, 10), grey(2, 3, 20), grey(1, 2, 30)], { columns: 2, gap: 1, background: [0, 0, 0] });
    expect([sheet.height, sheet.width]).toEqual([7, 9]);
    const at = (y: number, x: number) => sheet.data[(y * 9 + x) * 3];
    expect([at(0, 0), at(1, 1), at(2, 3), at(1, 4), at(1, 5), at(4, 1), at(4, 2), at(5, 1)]).toEqual([0, 10, 10, 0, 20, 30, 30, 0]);
  });

  it('write labels below, never outside', () => {
    const sheet = contactSheet([grey(4, 12, 10), grey(4, 12, 10)], {
      columns: 1,
      gap: 2,
      labels: ['A1 a label too long', ''],
      background: [0, 0, 0],
    });
    expect([sheet.height, sheet.width]).toEqual([28, 16]);
    const row = (y: number) => Array.from({ length: 16 }, (_, x) => (sheet.data[(y * 16 + x) * 3] === 230 ? '#' : '.')).join('');
    expect([8, 9, 10, 11, 12].map(row)).toMatchInlineSnapshot(`
      [
        "...#...#........",
        "..#.#.##........",
        "..###..#........",
        "..#.#..#........",
        "..#.#.###.......",
      ]
    `);
  });

  it('show every channel of a tensor, each stretched for itself or all together', () => {
    const values = [0, 0, 10, 0, 0, 1, 10, 0];
    const options = { columns: 2, gap: 0 };
    const first = (image: Image) => [0, 1, 2, 3].map((x) => image.data[x * 3]);
    expect(first(planeSheet(values, [1, 4, 2], { ...options, columns: 1 }))).toEqual([0, 255, 0, 255]);
    const together = planeSheet(values, [1, 4, 2], { ...options, columns: 1, shared: true });
    expect([together.width, together.height, together.data[12], together.data[5 * 3], together.data[6 * 3]]).toEqual([4, 2, 0, 0, 26]);
  });

  it('are there even without pictures', () => {
    expect(contactSheet([]).data.length).toBeGreaterThan(0);
  });
});
