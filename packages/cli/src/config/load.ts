import { dirname, relative } from 'node:path';
import { type Config, didYouMean, isFeaturescopeError, type Plugin } from '@featurescope/core';
import { invalidConfig } from '../errors.js';
import { builtinPlugins } from '../plugins/builtin.js';
import { type Catalog, createCatalog } from '../plugins/catalog.js';
import { isPlugin } from '../plugins/guards.js';
import { loadPlugin } from '../plugins/load.js';
import { findConfig } from './find.js';
import { readConfig } from './read.js';

/** Plugins named on the command line, after the built-in ones. */
export const loadCatalog = async (names: readonly string[], cwd: string, more: readonly Plugin[] = []): Promise<Catalog> => {
  const named = await Promise.all(names.map((name) => loadPlugin(name, cwd)));
  return createCatalog([...(await builtinPlugins()), ...named, ...more]);
};

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Name and options of a visualizer as a JSON config writes them: `"dream"`, or `{ "visualizer": "dream", "options": { … } }`. */
const namedVisualizer = (entry: unknown): { readonly name: string; readonly options: Fields } | undefined => {
  if (typeof entry === 'string') return { name: entry, options: {} };
  if (!isFields(entry) || typeof entry['visualizer'] !== 'string') return undefined;
  return { name: entry['visualizer'], options: isFields(entry['options']) ? entry['options'] : {} };
};

const configure = (config: string, entry: unknown, { visualizers }: Catalog): unknown => {
  const named = namedVisualizer(entry);
  if (named === undefined) return entry;
  const found = visualizers.get(named.name);
  if (found === undefined)
    throw invalidConfig(config, `no plugin has a visualizer "${named.name}".${didYouMean(named.name, visualizers.keys())}`);
  try {
    return found.factory(named.options);
  } catch (error) {
    throw isFeaturescopeError(error) ? invalidConfig(config, error.message) : error;
  }
};

const configPlugin = (config: string, entry: unknown, folder: string): Promise<Plugin> | Plugin => {
  if (typeof entry === 'string') return loadPlugin(entry, folder);
  if (isPlugin(entry)) return entry;
  throw invalidConfig(config, 'plugins: expected a list of plugins, or names of modules to import them from.');
};

export interface LoadedConfig {
  /** The file, as messages name it. */
  readonly name: string;
  /** With visualizers and plugins in place of their names; not checked otherwise. */
  readonly config: Config;
  readonly catalog: Catalog;
}

/** Reads a config file, found in the working directory when no path is given. @throws FeaturescopeError */
export const loadConfig = async (
  command: string,
  given: string | undefined,
  cwd: string,
  plugins: readonly string[],
): Promise<LoadedConfig> => {
  const path = findConfig(command, given, cwd);
  const name = given ?? relative(cwd, path);
  const content = await readConfig(path, name);
  if (!isFields(content)) throw invalidConfig(name, 'expected an object such as { visualizers: [ … ] }.');
  const list = content['plugins'] ?? [];
  const own = await Promise.all((Array.isArray(list) ? list : [list]).map((entry: unknown) => configPlugin(name, entry, dirname(path))));
  const catalog = await loadCatalog(plugins, cwd, own);
  const { visualizers } = content;
  const configured = Array.isArray(visualizers) ? visualizers.map((entry: unknown) => configure(name, entry, catalog)) : visualizers;
  return { name, config: { ...content, visualizers: configured, plugins: catalog.plugins } as unknown as Config, catalog };
};
