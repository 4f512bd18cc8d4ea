import { stat } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import type { Dataset, DatasetItem, DatasetLoader, Image, ImageCodec } from '@featurescope/core';
import { noDrawings, skippedMessage } from '../drawings/errors.js';
import { isDrawingCollection, isDrawingFile, readDrawings, type SkippedLine } from '../drawings/read-drawings.js';
import { datasetIndex } from '../errors.js';
import { isTarFile } from '../tar-files.js';
import { isBatchFile, openBatch } from './npy-batch.js';
import { isPictureName } from './picture-name.js';
import { listPictures, type PictureItem } from './picture-source.js';
import { firstInTar } from './tar.js';

type Content =
  | { readonly kind: 'picture'; readonly image: Image }
  | Omit<Extract<DatasetItem, { kind: 'array' }>, 'name'>
  | Omit<Extract<DatasetItem, { kind: 'drawing' }>, 'name'>;

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

/** Drawings are kept in memory, since they can only be read one after the other; their words, or their files, are the classes. */
const drawings = async (source: string, warn: (message: string) => void): Promise<readonly Entry[]> => {
  const skipped: SkippedLine[] = [];
  const entries: Entry[] = [];
  for await (const { drawing, id, word, file, source: name } of readDrawings(source, (line) => skipped.push(line)))
    entries.push({ name, className: word ?? file, read: async () => ({ kind: 'drawing', drawing, ...(id !== undefined && { id }) }) });
  if (entries.length === 0) throw noDrawings(source, skipped[0]);
  if (skipped.length > 0) warn(skippedMessage(source, skipped, entries.length + skipped.length));
  return entries;
};

/** Whether a source is drawings; of an archive its first picture or file of drawings says so. */
const holdsDrawings = async (source: string): Promise<boolean> => {
  const file = isTarFile(source) && (await stat(source).catch(() => undefined))?.isFile() === true;
  if (!file) return isDrawingCollection(source);
  return isDrawingFile((await firstInTar(source, (name) => isPictureName(name) || isDrawingFile(name))) ?? '');
};

/**
 * Several sources as one data set, whose items are decoded when they are wanted: folders and archives (`.zip`, `.tar`, `.tar.gz`) of pictures and CIFAR
 * `.bin` files in the order of their names, `.csv` tables, `.npy` batches and drawings (`.ndjson`, also packed, in a `.tar.gz` or a folder) in
 * their own, source by source. `warn` is told of lines without a drawing, which are passed over.
 * @throws FeaturescopeError when a source cannot be read
 */
export const openDataset = async (
  sources: readonly string[],
  codec: ImageCodec,
  warn: (message: string) => void = () => {},
): Promise<Dataset> => {
  const open = async (source: string): Promise<readonly Entry[]> => {
    if (isBatchFile(source)) return arrays(source, sources.length === 1);
    return (await holdsDrawings(source)) ? drawings(source, warn) : pictures(source, codec);
  };
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
export const fileDatasetLoader = (
  codec: ImageCodec,
  cwd: string = process.cwd(),
  warn: (message: string) => void = () => {},
): DatasetLoader => ({
  load: (source) =>
    openDataset(
      source.split(',').map((part) => resolve(cwd, part.trim())),
      codec,
      warn,
    ),
});
