import type { z } from 'zod';
import type { RunContext } from './context.js';
import type { VisualizerEvent } from './events.js';

export interface Citation {
  readonly authors: string;
  readonly title: string;
  readonly year: number;
  readonly url?: string;
}

/**
 * Kinds of methods after F. Grün, C. Rupprecht, N. Navab, F. Tombari, "A Taxonomy and Library for Visualizing Learned Features in
 * Convolutional Neural Networks", 2016: change the input and watch, carry activations back to it, or make one.
 */
export const VISUALIZER_FAMILIES = ['input modification', 'deconvolution', 'input reconstruction'] as const;

export type VisualizerFamily = (typeof VISUALIZER_FAMILIES)[number];

/** A named job: context and options → stream of events. */
export interface Visualizer<S extends z.ZodObject = z.ZodObject> {
  /** Kebab-case; also the name of its command. */
  readonly name: string;
  /** One line, for `featurescope list`. */
  readonly summary: string;
  readonly citation?: Citation;
  /** For one that yields a tensor `attribution` or an image `image` for each input: its heading where methods are compared. */
  readonly family?: VisualizerFamily;
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
