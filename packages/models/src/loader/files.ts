import { lstat, open, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { nearest } from '@featurescope/core';
import { missingModelFile, missingWeightFile, noModelInFolder, severalModelsInFolder, unsafePath } from './errors.js';
import { isModelFile } from './format.js';

/** Longer files do not fit into one buffer. */
const MAX_FILE = 2 ** 31 - 1;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file',
  ELOOP: 'its symbolic links go in circles',
  ENAMETOOLONG: 'the name is too long',
};

/** What a failed file operation means, in plain words. */
export const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? (error instanceof Error ? (error.message.split('\n')[0] ?? 'unknown') : String(error));
};

export const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined))?.isFile() ?? false;

export const isFolder = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined))?.isDirectory() ?? false;

export const namesIn = async (folder: string): Promise<readonly string[]> => (await readdir(folder).catch(() => [])).sort();

/** @throws FeaturescopeError naming the file, and its nearest neighbours when it does not exist */
export const readModelFile = async (path: string): Promise<Uint8Array> => {
  try {
    const info = await stat(path);
    if (!info.isFile()) throw missingModelFile(path, 'it is no regular file', []);
    if (info.size > MAX_FILE) throw missingModelFile(path, `it has ${info.size} bytes, more than the ${MAX_FILE} that can be read`, []);
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && error.name === 'FeaturescopeError') throw error;
    throw missingModelFile(path, reasonOf(error), nearest(basename(path), await namesIn(dirname(path)), 2));
  }
};

/** The text of a file beside a model; undefined when there is none. */
export const readTextBeside = async (folder: string, name: string): Promise<string | undefined> => {
  const path = join(folder, name);
  if (!(await isFile(path)) || (await stat(path)).size > 10_000_000) return undefined;
  return readFile(path, 'utf8');
};

/**
 * Reads a file that a model names, from the model's own folder; at most `limit` bytes.
 * @throws FeaturescopeError when the path leads out of the folder, or the file is missing or longer
 */
export const readBeside = async (model: string, path: string, limit: number): Promise<Uint8Array> => {
  const leadsOut =
    isAbsolute(path) || /^[a-z][a-z0-9+.-]*:/i.test(path) || path.includes('\\') || path.includes('\0') || path.split('/').includes('..');
  if (leadsOut) throw unsafePath(model, path);
  const folder = await realpath(dirname(model));
  const target = join(folder, path);
  try {
    const real = await realpath(target);
    const inside = relative(folder, real);
    // A linked model folder, as caches make them, may link every file on its own.
    if ((inside.startsWith('..') || isAbsolute(inside)) && !(await lstat(target)).isSymbolicLink()) throw unsafePath(model, path);
    const info = await stat(real);
    const { size } = info;
    if (!info.isFile()) throw missingWeightFile(model, path, 'it is no regular file');
    if (size > limit) throw missingWeightFile(model, path, `it has ${size} bytes, but only ${limit} are left to read`);
    const file = await open(real, 'r');
    try {
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'FeaturescopeError') throw error;
    throw missingWeightFile(model, path, reasonOf(error));
  }
};

/** The one model in a folder. @throws FeaturescopeError when there is none, or several */
export const modelInFolder = async (folder: string): Promise<string> => {
  const names = await namesIn(folder);
  const models = names.filter(isModelFile);
  const [model] = models;
  if (model === undefined) throw noModelInFolder(folder);
  if (models.length > 1) throw severalModelsInFolder(folder, models);
  return join(folder, model);
};
