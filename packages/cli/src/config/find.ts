import { existsSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { configFormat, configNotFound, noConfig } from '../errors.js';

export const CONFIG_EXTENSIONS = ['.ts', '.mts', '.js', '.mjs', '.json'] as const;

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/**
 * Absolute path of the config given, or of `<base>.ts`, `.js`, … in the folder.
 *
 * @throws FeaturescopeError when there is none
 */
export const findConfig = (command: string, given: string | undefined, folder: string, base = 'featurescope.config'): string => {
  if (given !== undefined) {
    const path = resolve(folder, given);
    if (!isFile(path)) throw configNotFound(given);
    if (!CONFIG_EXTENSIONS.some((extension) => extension === extname(path))) throw configFormat(given, CONFIG_EXTENSIONS);
    return path;
  }
  const names = CONFIG_EXTENSIONS.map((extension) => `${base}${extension}`);
  const found = names.map((name) => resolve(folder, name)).find(isFile);
  if (found === undefined) throw noConfig(command, folder, names);
  return found;
};
