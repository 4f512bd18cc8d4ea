import type { DependencyContainer } from 'tsyringe';
import type { z } from 'zod';
import type { Network } from '../network/network.js';
import type { Objective } from '../objectives/objective.js';
import type { VisualizerFactory } from '../visualizer/visualizer.js';

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
  /** For plugins that provide services of their own. */
  register?(container: DependencyContainer): void;
}

/** Gives a plugin its type. */
export const definePlugin = (plugin: Plugin): Plugin => plugin;
