import type { Extent, RunContext } from '@featurescope/core';
import { noDataset, noLabels, noPictures, tooManyPixels } from '../errors.js';
import { ClassPictures, rankOf } from './choose.js';
import { pixelsOf } from './fit.js';
import type { LabelledPictures } from './labelled.js';

/** Which pictures of a data set are read, and how. */
export interface PictureChoice {
  /** Height and width: the centre in these proportions is scaled to it. */
  readonly size: Extent;
  /** Pictures of each class that are used at most; the same ones whatever else is in the data set. Default: all. */
  readonly perClass?: number | undefined;
}

/** How much of a data set has been read. */
export interface ReadingProgress {
  readonly done: number;
  readonly total: number;
}

/** Items that are read at the same time. */
const AT_ONCE = 32;
/** Bytes of pixels that are kept at most; for a moment there are two copies of them. */
const MOST_BYTES = 2 ** 29;

/**
 * The labelled pictures of the run's data set as 8-bit RGB of one size; drawings as black lines on white. They are sorted by class, and
 * within a class in an order that is drawn from their names alone, so that the first n of a class are always a fair sample.
 * @param reader name of the visualizer, for messages
 * @throws FeaturescopeError when there is no data set, it has no labels or no pictures, or they do not fit into memory
 */
export async function* readPictures(
  context: Pick<RunContext, 'dataset' | 'codec' | 'signal'>,
  choice: PictureChoice,
  reader: string,
): AsyncGenerator<ReadingProgress, LabelledPictures> {
  const { dataset, codec, signal } = context;
  const { size, perClass = Number.POSITIVE_INFINITY } = choice;
  if (!dataset) throw noDataset(reader);
  if (dataset.labels.length === 0) throw noLabels(reader, dataset.name);
  const classes = dataset.labels;
  const byName = new Map(classes.map((name) => [name, new ClassPictures(perClass)]));
  const bytes = size[0] * size[1] * 3;
  for (let from = 0; from < dataset.size; from += AT_ONCE) {
    signal.throwIfAborted();
    const indices = Array.from({ length: Math.min(AT_ONCE, dataset.size - from) }, (_, i) => from + i);
    const read = await Promise.all(
      indices.map(async (index) => {
        const item = await dataset.item(index);
        const found = byName.get(dataset.labels[item.label ?? -1] ?? '');
        return found && { item, index, found, pixels: await pixelsOf(item, size, codec) };
      }),
    );
    for (const one of read)
      if (one?.pixels) one.found.add({ name: one.item.name, pixels: one.pixels, rank: rankOf(one.item.name), index: one.index });
    const count = [...byName.values()].reduce((sum, found) => sum + found.count, 0);
    if (count * bytes > MOST_BYTES) throw tooManyPixels(reader, count, size);
    yield { done: from + indices.length, total: dataset.size };
  }
  const chosen = classes.flatMap((name, label) => (byName.get(name)?.inOrder() ?? []).map((picture) => ({ ...picture, label })));
  if (chosen.length === 0) throw noPictures(reader, dataset.name);
  const images = new Uint8Array(chosen.length * bytes);
  for (const [i, { pixels }] of chosen.entries()) images.set(pixels, i * bytes);
  return {
    images,
    labels: Int32Array.from(chosen, ({ label }) => label),
    names: chosen.map(({ name }) => name),
    classes,
    height: size[0],
    width: size[1],
  };
}
