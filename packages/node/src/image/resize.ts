import type { Extent, Image, ResizeKernel } from '@featurescope/core';

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** Filters as functions of the distance in pixels, with the distance from which on they are 0. */
const FILTERS: Readonly<Record<Exclude<ResizeKernel, 'nearest'>, { readonly support: number; readonly at: (x: number) => number }>> = {
  bilinear: { support: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) },
  lanczos3: { support: 3, at: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/** For one output position: the first input position and the weights from there on, which add up to 1. */
interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

const tapsFor = (from: number, to: number, kernel: ResizeKernel): Taps[] => {
  const ratio = from / to;
  return Array.from({ length: to }, (_, i) => {
    const center = (i + 0.5) * ratio;
    if (kernel === 'nearest') return { first: Math.min(from - 1, Math.floor(center)), weights: Float64Array.of(1) };
    const { support, at } = FILTERS[kernel];
    const stretch = Math.max(1, ratio);
    const first = Math.max(0, Math.round(center - support * stretch));
    const end = Math.min(from, Math.round(center + support * stretch));
    const weights = Float64Array.from({ length: end - first }, (_w, k) => at((first + k + 0.5 - center) / stretch));
    const sum = weights.reduce((a, b) => a + b, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
};

const resampleRows = ({ data, width, height, channels }: Image, taps: readonly Taps[]): Image => {
  const out = new Uint8ClampedArray(taps.length * height * channels);
  for (let y = 0; y < height; y++) {
    taps.forEach(({ first, weights }, x) => {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        let at = (y * width + first) * channels + c;
        for (let k = 0; k < weights.length; k++, at += channels) sum += (weights[k] ?? 0) * (data[at] ?? 0);
        out[(y * taps.length + x) * channels + c] = sum;
      }
    });
  }
  return { width: taps.length, height, channels, data: new Uint8Array(out.buffer) };
};

const resampleColumns = ({ data, width, channels }: Image, taps: readonly Taps[]): Image => {
  const row = width * channels;
  const out = new Uint8ClampedArray(taps.length * row);
  const sums = new Float64Array(row);
  taps.forEach(({ first, weights }, y) => {
    sums.fill(0);
    weights.forEach((weight, k) => {
      const from = (first + k) * row;
      for (let i = 0; i < row; i++) sums[i] = (sums[i] ?? 0) + weight * (data[from + i] ?? 0);
    });
    out.set(sums, y * row);
  });
  return { width, height: taps.length, channels, data: new Uint8Array(out.buffer) };
};

/**
 * Scales pixels to exactly this size, pixel centres at half-integers. When shrinking, the filter is widened so that nothing aliases: the same numbers as
 * Pillow's BILINEAR and LANCZOS to within 1. (libvips shifts what it enlarges by a fraction of a pixel, so its resize is not used.)
 */
export const resizePixels = (image: Image, [height, width]: Extent, kernel: ResizeKernel): Image => {
  const wide = image.width === width ? image : resampleRows(image, tapsFor(image.width, width, kernel));
  return wide.height === height ? wide : resampleColumns(wide, tapsFor(wide.height, height, kernel));
};
