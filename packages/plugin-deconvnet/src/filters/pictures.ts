import { contactSheet, cropImage, enlarge, filledImage, type Image, type Shape, toByte, toRgb } from '@featurescope/core';
import { gaborPlane } from './gabor/gabor.js';
import type { Filter } from './kernels.js';
import { isBgr, type NetworkFilters, type NetworkFits, titleOf } from './networks.js';
import type { FilterOptions } from './options.js';

type Look = Pick<FilterOptions, 'scale' | 'side' | 'planes'>;

/** Frame of a fit that explains too little. */
const POOR = [214, 96, 20] as const;
const GROUND = [24, 24, 27] as const;

/** All networks side by side, each with a grid of its filters. */
export function filtersPicture(networks: readonly NetworkFilters[], look: Look): Image {
  const grids = networks.map((network) => filterGrid(network, look));
  const [only] = grids;
  if (only && grids.length === 1) return only;
  const titled = grids.map((grid, i) => contactSheet([grid], { labels: [networks[i] ? titleOf(networks[i]) : ''], gap: 4 }));
  return contactSheet(titled, { columns: titled.length, gap: 4 });
}

function filterGrid({ model, kernels, filters }: NetworkFilters, { scale, side, planes }: Look): Image {
  const { size, channels, coloured } = kernels;
  const shared = largest(filters.map(({ values }) => largest(values)));
  const factor = factorOf(size, side);
  const shown = coloured ? [] : strongestChannels(filters, channels, planes);
  const picture = ({ values }: Filter): Image => {
    const most = scale === 'shared' ? shared : largest(values);
    if (coloured) return enlarge(signedImage(isBgr(model.input) ? reversed(values) : values, [...size, 3], most), factor);
    const cells = shown.map((channel) => enlarge(signedImage(channelOf(values, channels, channel), [...size, 1], most), factor));
    return cells.length === 1 && cells[0] ? cells[0] : contactSheet(cells, { columns: cells.length, gap: 2 });
  };
  const columns = Math.max(Math.round(Math.sqrt(filters.length / Math.max(shown.length, 1))), 1);
  return contactSheet(filters.map(picture), { labels: filters.map(({ index }) => String(index)), columns, gap: shown.length > 1 ? 5 : 3 });
}

/** What of each filter is fitted, as grey planes, beside the fits in the same contrast; poor fits are framed. */
export function fitsPicture(networks: readonly NetworkFits[], side: number, wellFitted: number): Image {
  const sheets = networks.map((network) => {
    const { kernels, fits } = network;
    const shape = [...kernels.size, 1] as const;
    const factor = factorOf(kernels.size, side);
    const labels = fits.map(({ index }) => String(index));
    const planes = fits.map(({ plane }) => framed(enlarge(signedImage(plane.values, shape, largest(plane.values)), factor), GROUND));
    const gabors = fits.map(({ plane, fit }) => {
      const values = fit.r2 > 0 ? gaborPlane(fit.gabor, kernels.size) : new Float64Array(plane.values.length);
      return framed(enlarge(signedImage(values, shape, largest(plane.values)), factor), fit.r2 < wellFitted ? POOR : GROUND);
    });
    const grids = [contactSheet(planes, { labels, gap: 1 }), contactSheet(gabors, { labels, gap: 1 })];
    return contactSheet(grids, { columns: 2, gap: 8, labels: [titleOf(network), 'Gabor fits'] });
  });
  return stacked(sheets);
}

/** Pictures below each other, each as high as it is. */
function stacked(images: readonly Image[]): Image {
  const width = Math.max(...images.map((image) => image.width));
  const { data, ...sheet } = filledImage([images.reduce((sum, { height }) => sum + height, 0), width], GROUND);
  let top = 0;
  for (const image of images) {
    const rows = toRgb(image);
    for (let y = 0; y < rows.height; y++) data.set(rows.data.subarray(y * rows.width * 3, (y + 1) * rows.width * 3), (top + y) * width * 3);
    top += rows.height;
  }
  return { ...sheet, data };
}

/** Values [height, width, channels] of either sign: grey is zero, and `most` is the end of the scale. */
function signedImage(values: ArrayLike<number>, [height, width, channels]: Shape, most: number): Image {
  const data = Uint8Array.from({ length: values.length }, (_, i) => toByte(127.5 * (1 + (most > 0 ? (values[i] ?? 0) / most : 0))));
  return { width, height, channels: channels === 3 ? 3 : 1, data };
}

function framed(image: Image, colour: readonly [number, number, number], width = 2): Image {
  const [rows, columns] = [image.height + 2 * width, image.width + 2 * width];
  const { data, ...frame } = filledImage([rows, columns], colour);
  const inner = cropImage(image, { top: -width, left: -width, height: rows, width: columns });
  for (let y = width; y < rows - width; y++)
    for (let x = width; x < columns - width; x++)
      for (let c = 0; c < 3; c++)
        data[(y * columns + x) * 3 + c] = inner.data[(y * columns + x) * inner.channels + (c % inner.channels)] ?? 0;
  return { ...frame, data };
}

/** Numbers of the channels with the largest weights, in their order. */
function strongestChannels(filters: readonly Filter[], channels: number, most: number): readonly number[] {
  const energy = new Float64Array(channels);
  for (const { values } of filters)
    for (let i = 0; i < values.length; i++) energy[i % channels] = (energy[i % channels] ?? 0) + (values[i] ?? 0) ** 2;
  const order = Array.from(energy.keys()).toSorted((a, b) => (energy[b] ?? 0) - (energy[a] ?? 0) || a - b);
  return order.slice(0, most).toSorted((a, b) => a - b);
}

const channelOf = (values: Float32Array, channels: number, channel: number): Float32Array =>
  values.filter((_, i) => i % channels === channel);

/** Colours in the reverse order. */
const reversed = (values: Float32Array): Float32Array => values.map((_, i) => values[i + 2 - 2 * (i % 3)] ?? 0);

const factorOf = (size: readonly [number, number], side: number): number => Math.max(1, Math.round(side / Math.max(...size)));

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i] ?? 0));
  return most;
}
