import { contactSheet, enlarge, filledImage, type Image, toByte, toRgb } from '@featurescope/core';
import { type CensusOptions, census, type FilterState, type FirstLayer, filtersOf, isDead } from './census.js';

/** Side in pixels to which filters are enlarged, by a whole factor. */
const SIDE = 48;
const FRAME = 3;
const GROUND = [24, 24, 27] as const;
const DEAD = [200, 40, 40] as const;
const ALIASED = [240, 180, 40] as const;

/** All filters of a first layer with one contrast, numbered from 0: dead ones framed in red, aliased ones in yellow. */
export function filterSheet(first: FirstLayer, options: CensusOptions): Image {
  const filters = filtersOf(first);
  const largest = Math.max(0, ...filters.map((values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));
  const states = census(first, options);
  const cells = filters.map((values, f) => framed(picture(values, first, largest), colourOf(states[f])));
  return contactSheet(cells, { labels: cells.map((_, f) => String(f)), gap: 2 });
}

const colourOf = (state: FilterState | undefined): readonly [number, number, number] =>
  state && isDead(state) ? DEAD : state?.aliased ? ALIASED : GROUND;

/** Grey is zero; of a filter that does not see colours the mean over its channels. */
function picture(values: Float32Array, { shape: [height, width, channels] }: FirstLayer, largest: number): Image {
  const level = (value: number): number => toByte(127.5 * (1 + (largest > 0 ? value / largest : 0)));
  const shown = channels === 3 ? 3 : 1;
  const data = Uint8Array.from({ length: height * width * shown }, (_, i) =>
    shown === 3
      ? level(values[i] ?? 0)
      : level(values.subarray(i * channels, (i + 1) * channels).reduce((sum, value) => sum + value, 0) / channels),
  );
  return enlarge({ width, height, channels: shown, data }, Math.max(1, Math.round(SIDE / Math.max(height, width))));
}

function framed(image: Image, colour: readonly [number, number, number]): Image {
  const [rows, columns] = [image.height + 2 * FRAME, image.width + 2 * FRAME];
  const frame = filledImage([rows, columns], colour);
  const inner = toRgb(image);
  const data = new Uint8Array(frame.data);
  for (let y = 0; y < inner.height; y++)
    data.set(inner.data.subarray(y * inner.width * 3, (y + 1) * inner.width * 3), ((y + FRAME) * columns + FRAME) * 3);
  return { ...frame, data };
}
