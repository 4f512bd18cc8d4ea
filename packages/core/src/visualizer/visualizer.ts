import type { z } from 'zod';
import type { RunContext } from './context.js';
import type { VisualizerEvent } from './events.js';

export interface Citation {
  readonly authors: string;
  readonly title: string;
  readonly year: number;
  readonly url?: string;
}

/** A named job: context and options → stream of events. */
export interface Visualizer<S extends z.ZodObject = z.ZodObject> {
  /** Kebab-case; also the name of its command. */
  readonly name: string;
  /** One line, for `featurescope list`. */
  readonly summary: string;
  readonly citation?: Citation;
  /** One strict object whose fields all have a description: gives the flags, the documentation and the config types. */
  readonly options: S;
  /** False when the visualizer works without any input. Default: true. */
  readonly needsInputs?: boolean;
  run(context: RunContext, options: z.output<S>): AsyncIterable<VisualizerEvent>;
}

/** A visualizer with checked options, ready to run. */
export interface ConfiguredVisualizer {
  readonly visualizer: Visualizer;
  /** As given, before defaults are filled in. */
  readonly given: unknown;
  readonly options: unknown;
}

/** What `defineVisualizer` returns: call it with options in a config; plugins list it. */
export interface VisualizerFactory<S extends z.ZodObject = z.ZodObject> {
  (options?: z.input<S>): ConfiguredVisualizer;
  readonly visualizer: Visualizer<S>;
}
