import { basename, extname, resolve } from 'node:path';
import type { Dataset, DatasetItem, DatasetLoader, Image, ImageCodec } from '@featurescope/core';
import { datasetIndex } from '../errors.js';
import { isBatchFile, openBatch } from './npy-batch.js';
import { listPictures, type PictureItem } from './picture-source.js';

type Content = { readonly kind: 'picture'; readonly image: Image } | Omit<Extract<DatasetItem, { kind: 'array' }>, 'name'>;

/** An item of a source before the classes of all sources are numbered. */
interface Entry {
  readonly name: string;
  readonly className?: string;
  read(): Promise<Content>;
}

const stem = (source: string): string => basename(source, extname(source));

const decode = async (item: PictureItem, codec: ImageCodec): Promise<Image> => {
  const content = await item.read();
  return 'file' in content ? codec.decode(content.file, item.name) : { ...content, channels: 3, data: content.pixels };
};

const pictures = async (source: string, codec: ImageCodec): Promise<readonly Entry[]> =>
  (await listPictures(source)).map((item) => ({ ...item, read: async () => ({ kind: 'picture', image: await decode(item, codec) }) }));

/** The pictures of an array are named by their index, behind the name of the array where it is not alone. */
const arrays = async (source: string, alone: boolean): Promise<readonly Entry[]> => {
  const { size, picture } = await openBatch(source);
  return Array.from({ length: size }, (_, i): Entry => {
    const name = alone ? String(i) : `${stem(source)}/${i}`;
    return { name, read: async () => ({ kind: 'array', ...(await picture(i)) }) };
  });
};

/**
 * Several sources as one data set, whose items are read when they are wanted: folders and `.zip` files of pictures and CIFAR-10 `.bin`
 * files in the order of their names, `.npy` batches in their own, source by source.
 * @throws FeaturescopeError when a source cannot be read
 */
export const openDataset = async (sources: readonly string[], codec: ImageCodec): Promise<Dataset> => {
  const open = (source: string) => (isBatchFile(source) ? arrays(source, sources.length === 1) : pictures(source, codec));
  const entries = (await Promise.all(sources.map(open))).flat();
  const labels = [...new Set(entries.flatMap(({ className }) => className ?? []))].sort();
  const index = new Map(labels.map((label, i) => [label, i]));
  return {
    name: sources.map(stem).join('+'),
    size: entries.length,
    labels,
    async item(i) {
      const entry = entries[i];
      if (entry === undefined) throw datasetIndex(i, entries.length);
      const label = index.get(entry.className ?? '');
      return { name: entry.name, ...(label === undefined ? {} : { label }), ...(await entry.read()) };
    },
  };
};

/** Several sources are separated by commas; relative ones count from `cwd`. */
export const fileDatasetLoader = (codec: ImageCodec, cwd: string = process.cwd()): DatasetLoader => ({
  load: (source) =>
    openDataset(
      source.split(',').map((part) => resolve(cwd, part.trim())),
      codec,
    ),
});
