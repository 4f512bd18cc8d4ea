import type { Architecture, Plugin, VisualizerFactory } from '@featurescope/core';
import { commonOptions } from '../common.js';
import { duplicateVisualizer, reservedName } from '../errors.js';

export interface CatalogEntry {
  readonly factory: VisualizerFactory;
  /** Name of the plugin it comes from. */
  readonly plugin: string;
}

/** What all plugins together offer. */
export interface Catalog {
  readonly plugins: readonly Plugin[];
  readonly visualizers: ReadonlyMap<string, CatalogEntry>;
  readonly architectures: readonly Architecture[];
}

/** Commands of featurescope itself, which no visualizer may be called. */
export const COMMAND_NAMES = ['run', 'train', 'list', 'inspect', 'doctor', 'view', 'help'] as const;

const checkNames = (plugin: string, { visualizer }: VisualizerFactory): void => {
  if (COMMAND_NAMES.some((name) => name === visualizer.name)) throw reservedName(plugin, `the name "${visualizer.name}" of a visualizer`);
  const option = Object.keys(visualizer.options.shape).find((key) => key in commonOptions.shape || key === 'help');
  if (option !== undefined) throw reservedName(plugin, `the name "${option}" of an option of its visualizer "${visualizer.name}"`);
};

/** Joins plugins; the same plugin twice counts once. @throws FeaturescopeError when names clash */
export const createCatalog = (plugins: readonly Plugin[]): Catalog => {
  const unique = [...new Set(plugins)];
  const visualizers = new Map<string, CatalogEntry>();
  for (const plugin of unique) {
    for (const factory of (plugin.visualizers ?? []) as readonly VisualizerFactory[]) {
      const { name } = factory.visualizer;
      const earlier = visualizers.get(name);
      if (earlier?.factory === factory) continue;
      if (earlier !== undefined) throw duplicateVisualizer(name, earlier.plugin, plugin.name);
      checkNames(plugin.name, factory);
      visualizers.set(name, { factory, plugin: plugin.name });
    }
  }
  return { plugins: unique, visualizers, architectures: unique.flatMap((plugin) => plugin.architectures ?? []) };
};
