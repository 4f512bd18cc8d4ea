import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isFeaturescopeError } from '@featurescope/core';
import { emptyDataset, missingDataset, unreadableDataset, withoutClasses } from '../errors.js';
import { neighbours } from '../neighbours.js';
import { isTarFile } from '../tar-files.js';
import { isCifarFile, openCifar } from './cifar.js';
import { isCsvFile, openCsv } from './csv.js';
import { isPictureName } from './picture-name.js';
import { readTar } from './tar.js';
import { openZip } from './zip.js';

/** One picture: pixels [32, 32, 3] of a binary file, or the bytes of a picture file. */
export interface PictureItem {
  /** Path inside its source, for example `test/cat/0012.jpg`. */
  readonly name: string;
  /** Where the pictures are sorted into classes. */
  readonly className?: string;
  read(): Promise<{ readonly file: Uint8Array } | { readonly pixels: Uint8Array; readonly width: number; readonly height: number }>;
}

/** A picture with its class. */
export interface LabelledItem extends PictureItem {
  readonly className: string;
}

const byName = <T extends { readonly name: string }>(a: T, b: T): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

const classOf = (name: string): string | undefined => name.split('/').at(-2);

/** Whether classes are needed, for messages. */
type Expected = 'labelled' | 'any';

const isLabelled = (item: PictureItem): item is LabelledItem => item.className !== undefined;

const itemOf = (name: string, read: () => Promise<Uint8Array>): PictureItem => {
  const className = classOf(name);
  return { name, ...(className === undefined ? {} : { className }), read: async () => ({ file: await read() }) };
};

/** In the order of their names; pictures beside the folders of the classes are none of the set. */
const sorted = (items: readonly PictureItem[]): PictureItem[] => {
  const labelled = items.filter(isLabelled);
  return (labelled.length > 0 ? labelled : [...items]).sort(byName);
};

const fromZip = async (path: string): Promise<PictureItem[]> => {
  const archive = await openZip(path);
  return sorted(archive.entries.filter(({ name }) => isPictureName(name)).map((entry) => itemOf(entry.name, () => archive.read(entry))));
};

const fromTar = async (path: string): Promise<PictureItem[]> =>
  sorted([...(await readTar(path, isPictureName))].map(([name, bytes]) => itemOf(name, async () => bytes)));

const fromFolder = async (path: string): Promise<PictureItem[]> => {
  const files = await readdir(path, { recursive: true, withFileTypes: true });
  const pictures = files
    .filter((file) => !file.isDirectory() && isPictureName(file.name))
    .map((file) => {
      const full = join(file.parentPath, file.name);
      const name = full.slice(join(path, '.').length).replaceAll('\\', '/').replace(/^\/+/, '');
      return itemOf(name, () => readFile(full));
    });
  return sorted(pictures);
};

const open = async (path: string, expected: Expected): Promise<PictureItem[]> => {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw missingDataset(path, await neighbours(path), expected);
  if (found.isDirectory()) return fromFolder(path);
  if (isCifarFile(path)) return openCifar(path);
  if (isCsvFile(path)) return openCsv(path);
  return isTarFile(path) ? fromTar(path) : fromZip(path);
};

/**
 * The pictures of a folder, `.zip`, `.tar` or `.tar.gz` file, with one folder of pictures per class or all in one place, or of a CIFAR `.bin`
 * file, in the order of their names; those that a `.csv` table names in its order.
 * @throws FeaturescopeError when there is no such thing, or no picture in it
 */
export const listPictures = async (path: string, expected: Expected = 'any'): Promise<readonly PictureItem[]> => {
  const items = await open(path, expected).catch((cause: unknown) => {
    throw isFeaturescopeError(cause) ? cause : unreadableDataset(path, cause);
  });
  if (items.length === 0) throw emptyDataset(path);
  return items;
};

const listLabelled = async (path: string): Promise<readonly LabelledItem[]> => {
  const items = (await listPictures(path, 'labelled')).filter(isLabelled);
  if (items.length === 0) throw withoutClasses(path);
  return items;
};

/** The pictures of several sources with their classes, source by source. @throws FeaturescopeError also when a source has no classes */
export const listAllPictures = async (paths: readonly string[]): Promise<readonly LabelledItem[]> =>
  (await Promise.all(paths.map(listLabelled))).flat();
