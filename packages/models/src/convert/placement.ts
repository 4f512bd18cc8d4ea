import { mkdir, mkdtemp, readFile, realpath, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isFeaturescopeError } from '@featurescope/core';
import { isFile, isFolder, reasonOf } from '../loader/files.js';
import { replacesSource, targetExists, targetUnwritable } from './errors.js';

type Files = ReadonlyMap<string, Uint8Array>;

/** Those of the files that are not in the folder yet. @throws FeaturescopeError when one of them is there with other content, or is the model itself */
export const newFiles = async (folder: string, files: Files, source: string): Promise<Files> => {
  const missing = new Map<string, Uint8Array>();
  for (const [name, bytes] of files) {
    const path = join(folder, name);
    if (await isSame(path, source)) throw replacesSource(path);
    if (await isFolder(path)) throw targetUnwritable(path, 'it is a folder');
    if (!(await isFile(path))) missing.set(name, bytes);
    else if (!(await readFile(path)).equals(bytes)) throw targetExists(path);
  }
  return missing;
};

const isSame = async (path: string, other: string): Promise<boolean> => {
  const [a, b] = await Promise.all([path, other].map((name) => realpath(name).catch(() => undefined)));
  return a !== undefined && a === b;
};

/**
 * Writes files to a folder of their own, lets `approve` look at them there, and moves those that are `wanted` to their place. When
 * it throws, nothing is left of any of them. @throws FeaturescopeError when the folder cannot be written to
 */
export const placeFiles = async <T>(
  folder: string,
  files: Files,
  wanted: ReadonlySet<string>,
  approve: (temporary: string) => Promise<T>,
): Promise<T> => {
  if (await isFile(folder)) throw targetUnwritable(folder, 'it is a file, not a folder');
  const made = await writing(folder, () => mkdir(folder, { recursive: true }));
  let temporary: string | undefined;
  let done = false;
  try {
    const place = await writing(folder, () => mkdtemp(join(folder, '.convert-')));
    temporary = place;
    for (const [name, bytes] of files) await writing(join(folder, name), () => writeFile(join(place, name), bytes));
    const result = await approve(place);
    await moveAll(
      place,
      folder,
      [...files.keys()].filter((name) => wanted.has(name)),
    );
    done = true;
    return result;
  } finally {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
    if (!done && made !== undefined) await removeEmpty(folder, made);
  }
};

const writing = async <T>(path: string, write: () => Promise<T>): Promise<T> => {
  try {
    return await write();
  } catch (error) {
    throw isFeaturescopeError(error) ? error : targetUnwritable(path, reasonOf(error));
  }
};

/** All of them or none. */
const moveAll = async (from: string, to: string, names: readonly string[]): Promise<void> => {
  const moved: string[] = [];
  try {
    for (const name of names) {
      await writing(join(to, name), () => rename(join(from, name), join(to, name)));
      moved.push(name);
    }
  } catch (error) {
    for (const name of moved) await rm(join(to, name), { force: true });
    throw error;
  }
};

/** Folders that were made for the files, from the inner one out, as long as nobody else has put anything there. */
const removeEmpty = async (inner: string, outer: string): Promise<void> => {
  for (let folder = inner; folder.startsWith(outer); folder = dirname(folder)) {
    try {
      await rmdir(folder);
    } catch {
      return;
    }
  }
};
