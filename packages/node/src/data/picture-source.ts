import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { isFeaturescopeError } from '@featurescope/core';
import { emptyDataset, missingDataset, unreadableDataset } from '../errors.js';
import { neighbours } from '../neighbours.js';
import { isCifarFile, openCifar } from './cifar.js';
import { openZip } from './zip.js';

/** One picture with its class: pixels [32, 32, 3] of a binary file, or the bytes of a picture file. */
export interface LabelledItem {
  /** Path inside its source, for example `test/cat/0012.jpg`. */
  readonly name: string;
  readonly className: string;
  read(): Promise<{ readonly file: Uint8Array } | { readonly pixels: Uint8Array; readonly width: number; readonly height: number }>;
}

const PICTURE = new Set(['.jpg', '.jpeg', '.png', '.webp', '.gif', '.tif', '.tiff', '.avif', '.svg']);

export const isPictureName = (name: string): boolean => PICTURE.has(extname(name).toLowerCase()) && !basename(name).startsWith('.');

const byName = <T extends { readonly name: string }>(a: T, b: T): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

const classOf = (name: string): string | undefined => name.split('/').at(-2);

const fromZip = async (path: string): Promise<LabelledItem[]> => {
  const archive = await openZip(path);
  const items = archive.entries
    .filter((entry) => isPictureName(entry.name))
    .flatMap((entry): LabelledItem[] => {
      const className = classOf(entry.name);
      return className === undefined ? [] : [{ name: entry.name, className, read: async () => ({ file: await archive.read(entry) }) }];
    });
  return items.sort(byName);
};

const fromFolder = async (path: string): Promise<LabelledItem[]> => {
  const files = await readdir(path, { recursive: true, withFileTypes: true });
  const items = files
    .filter((file) => !file.isDirectory() && isPictureName(file.name))
    .flatMap((file): LabelledItem[] => {
      const full = join(file.parentPath, file.name);
      const name = full.slice(join(path, '.').length).replaceAll('\\', '/').replace(/^\/+/, '');
      const className = classOf(name);
      return className === undefined ? [] : [{ name, className, read: async () => ({ file: await readFile(full) }) }];
    });
  return items.sort(byName);
};

const open = async (path: string): Promise<LabelledItem[]> => {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw missingDataset(path, await neighbours(path));
  if (found.isDirectory()) return fromFolder(path);
  return isCifarFile(path) ? openCifar(path) : fromZip(path);
};

/**
 * The pictures of a folder or `.zip` file with one folder of pictures per class, or of a CIFAR-10 `.bin` file, in the order of their names.
 * @throws FeaturescopeError when there is no such thing, or no picture in it
 */
export const listPictures = async (path: string): Promise<readonly LabelledItem[]> => {
  const items = await open(path).catch((cause: unknown) => {
    throw isFeaturescopeError(cause) ? cause : unreadableDataset(path, cause);
  });
  if (items.length === 0) throw emptyDataset(path);
  return items;
};

/** The pictures of several sources, source by source. */
export const listAllPictures = async (paths: readonly string[]): Promise<readonly LabelledItem[]> =>
  (await Promise.all(paths.map(listPictures))).flat();
