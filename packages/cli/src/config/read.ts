import { readFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { isFeaturescopeError } from '@featurescope/core';
import { configUnreadable, configWithoutExport, invalidConfig } from '../errors.js';
import { exportsOf, moduleLoader } from '../module-loader.js';

/**
 * What a config file holds: its default export, or its JSON. `name` stands for the file in messages.
 *
 * @throws FeaturescopeError when it cannot be parsed, throws, or exports nothing
 */
export const readConfig = async (path: string, name: string): Promise<unknown> => {
  try {
    if (extname(path) === '.json') return JSON.parse(await readFile(path, 'utf8')) as unknown;
    const loader = await moduleLoader(dirname(path));
    const { default: content } = exportsOf(await loader.import(path));
    if (content !== undefined) return content;
  } catch (error) {
    throw isFeaturescopeError(error) ? invalidConfig(name, error.message) : configUnreadable(name, error);
  }
  throw configWithoutExport(name);
};
