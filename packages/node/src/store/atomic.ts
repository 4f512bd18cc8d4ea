import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { unusableFolder, writeFailed } from '../errors.js';

const TEMPORARY = /^\.~.*-(\d+)-\d+\.tmp$/;
let counter = 0;
/** Files that this process is writing. */
const inUse = new Set<string>();

const temporaryName = (path: string): string => join(dirname(path), `.~${basename(path).slice(0, 100)}-${process.pid}-${counter++}.tmp`);

const codeOf = (cause: unknown): unknown => (cause instanceof Error && 'code' in cause ? cause.code : undefined);

/** Folder by folder: where nothing can be made, as in /proc, a recursive `mkdir` of Node tries for ever. */
const makePath = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT' && dirname(folder) !== folder) {
      await makePath(dirname(folder));
      await mkdir(folder).catch((again: unknown) => {
        if (codeOf(again) !== 'EEXIST') throw again;
      });
    } else if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw cause;
  }
};

/** Makes a folder and those above it. @throws FeaturescopeError when that is impossible */
export const makeFolder = async (folder: string): Promise<void> => {
  try {
    await makePath(folder);
  } catch (cause) {
    throw unusableFolder(folder, cause);
  }
};

/**
 * Writes a file so that there is the old content or the new under its name at any moment, even when the process is killed.
 * @throws FeaturescopeError when the folder or the file cannot be written
 */
export const writeAtomically = async (path: string, content: Uint8Array | string): Promise<void> => {
  await makeFolder(dirname(path));
  const temporary = temporaryName(path);
  inUse.add(temporary);
  try {
    // A killed process with the same id, as is usual in containers, may have left a file of this name.
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    throw writeFailed(path, cause);
  } finally {
    inUse.delete(temporary);
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Removes temporary files that a killed process left in a folder. */
export const sweepTemporaries = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = Number(TEMPORARY.exec(name)?.[1]);
    const path = join(folder, name);
    const abandoned = pid === process.pid ? !inUse.has(path) : Number.isInteger(pid) && !isAlive(pid);
    if (abandoned) await rm(path, { force: true }).catch(() => {});
  }
};
