import { readdir, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { isPictureName } from '../data/picture-name.js';
import { isDrawingFile } from '../drawings/read-drawings.js';
import { emptyFolder, emptyPattern, missingInput, unreadableFile } from '../errors.js';
import { neighbours } from '../neighbours.js';
import { drawingSource } from './drawing-lines.js';

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const isNamed = (name: string): boolean => isInputName(name) || isDrawingFile(name);

const isInputName = (name: string): boolean => isPictureName(name) || (extname(name).toLowerCase() === '.npy' && !name.startsWith('.'));

const inFolder = async (folder: string, given: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw unreadableFile(given, cause);
  });
  const names = entries.filter((entry) => !entry.isDirectory() && isInputName(entry.name)).map((entry) => entry.name);
  if (names.length === 0)
    throw emptyFolder(
      given,
      entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name),
      entries.some((entry) => isDrawingFile(entry.name)),
    );
  return names.sort(byCodeUnit).map((name) => join(given, name));
};

const matching = async (pattern: string, cwd: string): Promise<readonly string[]> => {
  const portable = process.platform === 'win32' ? pattern.replaceAll('\\', '/') : pattern;
  const matches = await glob(portable, { cwd, expandDirectories: false, onlyFiles: true });
  const isWanted = /\.ndjson(\.gz)?$/i.test(pattern) ? isNamed : isInputName;
  const inputs = matches.filter(isWanted).sort(byCodeUnit);
  if (inputs.length === 0) throw emptyPattern(pattern, matches.length);
  return inputs;
};

const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined))?.isFile() ?? false;

const expandOne = async (given: string, cwd: string): Promise<readonly string[]> => {
  const path = resolve(cwd, given);
  const found = given.trim() === '' ? undefined : await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return inFolder(path, given);
  if (found !== undefined) return [given];
  const line = drawingSource(given);
  if (line?.line !== undefined && (await isFile(resolve(cwd, line.file)))) return [given];
  if (given.trim() !== '' && isDynamicPattern(given)) return matching(given, cwd);
  throw missingInput(given, await neighbours(line?.file ?? given, cwd, isNamed));
};

/**
 * Files for paths, folders (the pictures and arrays directly in them, by name) and glob patterns (by path), each file once. Lines of files
 * of drawings stand for themselves; files of drawings are only taken where they are named, or a pattern ends with their ending.
 * @throws FeaturescopeError naming the one for which there is nothing
 */
export const expandInputs = async (given: readonly string[], cwd: string): Promise<readonly string[]> => {
  const files = new Map<string, string>();
  for (const pattern of given) {
    for (const file of await expandOne(pattern, cwd)) {
      const path = resolve(cwd, file);
      if (!files.has(path)) files.set(path, file);
    }
  }
  return [...files.values()];
};
