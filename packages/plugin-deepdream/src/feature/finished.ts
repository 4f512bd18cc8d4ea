import type { Image } from '@featurescope/core';
import type { Canvas } from '../loop/canvas.js';

/** What has come of one picture. */
export interface Outcome {
  /** Activation of the picture at the start and at the end, without transforms. */
  readonly start: number;
  readonly end: number;
  /** Whether there was no gradient to follow, even at the end. */
  readonly dead: boolean;
  /** For the sheet. */
  readonly tile: Image;
}

/** What is kept of the batches that are done, for the sheet, the table and the plot. */
export interface Finished {
  readonly outcomes: readonly Outcome[];
  /** Mean objective of each batch at every iteration, and how many pictures it is the mean of. */
  readonly series: readonly { readonly pictures: number; readonly values: readonly number[] }[];
}

export const nothingFinished: Finished = { outcomes: [], series: [] };

const row = (values: readonly number[]): Canvas => ({ shape: [1, 1, 1, values.length], data: Float32Array.from(values) });

/** In the form in which a course records what it needs to go on. */
export function toKept({ outcomes, series }: Finished): Map<string, Canvas> {
  const kept = new Map<string, Canvas>();
  const [first] = outcomes;
  if (!first) return kept;
  const { height, width, channels } = first.tile;
  const tiles = {
    shape: [outcomes.length, height, width, channels] as const,
    data: new Float32Array(outcomes.length * height * width * channels),
  };
  outcomes.forEach(({ tile }, i) => void tiles.data.set(tile.data, i * height * width * channels));
  kept.set('tiles', tiles);
  kept.set('outcomes', row(outcomes.flatMap(({ start, end, dead }) => [start, end, Number(dead)])));
  series.forEach(({ pictures, values }, i) => void kept.set(`series-${i}`, row([pictures, ...values])));
  return kept;
}

/** The inverse of `toKept`. */
export function fromKept(kept: ReadonlyMap<string, Canvas>): Finished {
  const tiles = kept.get('tiles');
  const numbers = kept.get('outcomes')?.data ?? new Float32Array();
  if (!tiles) return nothingFinished;
  const [pictures, height, width, channels] = tiles.shape;
  const length = height * width * channels;
  const outcomes = Array.from({ length: pictures }, (_, i): Outcome => {
    const data = Uint8Array.from(tiles.data.subarray(i * length, (i + 1) * length));
    const tile: Image = { height, width, channels: channels === 1 || channels === 4 ? channels : 3, data };
    return { start: numbers[i * 3] ?? 0, end: numbers[i * 3 + 1] ?? 0, dead: numbers[i * 3 + 2] === 1, tile };
  });
  const series: Finished['series'][number][] = [];
  for (let i = 0, found = kept.get('series-0'); found; found = kept.get(`series-${++i}`)) {
    const [count = 0, ...values] = found.data;
    series.push({ pictures: count, values });
  }
  return { outcomes, series };
}

/** Mean over all pictures at every iteration that all batches have reached. */
export function meanSeries({ series }: Finished): number[] {
  const pictures = series.reduce((sum, batch) => sum + batch.pictures, 0);
  const length = Math.min(...series.map(({ values }) => values.length));
  return Array.from({ length }, (_, i) => series.reduce((sum, batch) => sum + batch.pictures * (batch.values[i] ?? 0), 0) / pictures);
}
