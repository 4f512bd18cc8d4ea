import type { DependencyContainer } from 'tsyringe';
import type { z } from 'zod';
import type { Network } from '../network/network.js';
import type { Objective } from '../objectives/objective.js';
import type { ExampleSource } from '../training/example-source.js';
import { parseOptions } from '../visualizer/define-visualizer.js';
import type { ConfiguredVisualizer, Visualizer, VisualizerFactory } from '../visualizer/visualizer.js';

/** Builds a network without weights from options. */
export interface Architecture {
  readonly name: string;
  readonly summary: string;
  /** One strict object: gives the flags of `featurescope inspect <architecture>`. */
  readonly options?: z.ZodObject;
  create(options?: Readonly<Record<string, unknown>>): Network;
}

/** What a package offers. A plain object: nothing to extend, no side effects on import. */
export interface Plugin {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: a list of factories with different option schemas
  readonly visualizers?: readonly VisualizerFactory<any>[];
  /** Constructors of objectives by name. */
  // biome-ignore lint/suspicious/noExplicitAny: each objective has its own arguments
  readonly objectives?: Readonly<Record<string, (...parameters: any[]) => Objective>>;
  readonly architectures?: readonly Architecture[];
  /** What networks can be trained on besides pictures. */
  readonly exampleSources?: readonly ExampleSource[];
  /** For plugins that provide services of their own. */
  register?(container: DependencyContainer): void;
}

/** Gives a plugin its type. */
export const definePlugin = (plugin: Plugin): Plugin => plugin;

/** The visualizers of plugins and of a config by their names, each name once; what a config has configured goes before plugins. */
export function visualizersOf(plugins: readonly Plugin[], configured: readonly ConfiguredVisualizer[]): readonly VisualizerFactory[] {
  const offered: readonly VisualizerFactory[] = plugins.flatMap((plugin) => plugin.visualizers ?? []);
  const byName = new Map<string, VisualizerFactory>();
  for (const { visualizer } of configured) {
    const known = offered.find((factory) => factory.visualizer === visualizer);
    if (!byName.has(visualizer.name)) byName.set(visualizer.name, known ?? factoryOf(visualizer));
  }
  for (const factory of offered) if (!byName.has(factory.visualizer.name)) byName.set(factory.visualizer.name, factory);
  return [...byName.values()];
}

const factoryOf = (visualizer: Visualizer): VisualizerFactory =>
  Object.assign(
    (options?: object): ConfiguredVisualizer => ({ visualizer, given: options ?? {}, options: parseOptions(visualizer, options ?? {}) }),
    { visualizer },
  );
