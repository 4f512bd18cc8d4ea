import { existsSync, statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { isFeaturescopeError, type Plugin } from '@featurescope/core';
import { notAPlugin, pluginNotFound, pluginUnreadable } from '../errors.js';
import { exportsOf, moduleLoader } from '../module-loader.js';
import { isPlugin, isVisualizerFactory } from './guards.js';

const isPath = (name: string): boolean => /^\.{1,2}([\\/]|$)/.test(name) || isAbsolute(name) || /\.[cm]?[jt]s$/.test(name);

/** The plugin that a module offers: its `plugin`, its default export, or the visualizers among its exports. */
export const pluginOf = (name: string, exported: Readonly<Record<string, unknown>>): Plugin => {
  const found = [exported['plugin'], exported['default']].find(isPlugin);
  if (found !== undefined) return found;
  const visualizers = [...new Set(Object.values(exported))].filter(isVisualizerFactory);
  if (visualizers.length > 0) return { name, visualizers };
  throw notAPlugin(name, Object.keys(exported));
};

/**
 * Imports a plugin by package name or path; `folder` is what a relative path starts from.
 *
 * @throws FeaturescopeError when there is no such module, it fails to load, or offers no plugin
 */
export const loadPlugin = async (name: string, folder: string): Promise<Plugin> => {
  const loader = await moduleLoader(folder);
  const path = isPath(name) ? resolve(folder, name) : undefined;
  if (path !== undefined && !(existsSync(path) && (statSync(path).isFile() || existsSync(resolve(path, 'package.json'))))) {
    throw pluginNotFound(name);
  }
  try {
    return pluginOf(name, exportsOf(await loader.import(path ?? name)));
  } catch (error) {
    if (isFeaturescopeError(error)) throw error;
    const missing = error instanceof Error && error.message.includes(`'${name}'`) && /Cannot find (module|package)/.test(error.message);
    throw missing ? pluginNotFound(name, error) : pluginUnreadable(name, error);
  }
};
