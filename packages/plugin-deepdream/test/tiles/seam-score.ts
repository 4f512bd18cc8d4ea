import type { Box, Shape } from '@featurescope/core';

/**
 * How much the borders of tiles stand out: mean |difference| between neighbouring pixels on two sides of a border, divided by
 * that between all other neighbours. `values` [H, W, C] is a picture, or the difference of two. 1 when the borders are like
 * the rest, or when there is no border or nothing else. For a judgement divide it by the score of the picture made
 * without tiles, on the same grid.
 */
export function seamScore(values: ArrayLike<number>, [height, width, channels]: Shape, tiles: readonly Box[]): number {
  const rows = borders(
    tiles.map(({ top, height: size }) => [top, top + size]),
    height,
  );
  const columns = borders(
    tiles.map(({ left, width: size }) => [left, left + size]),
    width,
  );
  const across = mean();
  const elsewhere = mean();
  const row = width * channels;
  for (let i = 0; i < height * row; i++) {
    const y = Math.floor(i / row);
    const x = Math.floor((i % row) / channels);
    const value = values[i] ?? 0;
    if (y + 1 < height) (rows.has(y + 1) ? across : elsewhere).add(Math.abs((values[i + row] ?? 0) - value));
    if (x + 1 < width) (columns.has(x + 1) ? across : elsewhere).add(Math.abs((values[i + channels] ?? 0) - value));
  }
  const [seams, rest] = [across.value(), elsewhere.value()];
  if (seams === undefined || rest === undefined || seams === rest) return 1;
  return seams / rest;
}

/** First positions after a border: where a tile begins or one has ended, inside the picture. */
const borders = (spans: readonly (readonly number[])[], length: number): ReadonlySet<number> =>
  new Set(spans.flat().filter((position) => position > 0 && position < length));

function mean() {
  let sum = 0;
  let count = 0;
  return {
    add: (value: number): void => {
      sum += value;
      count += 1;
    },
    value: (): number | undefined => (count === 0 ? undefined : sum / count),
  };
}
