import type { ConfiguredVisualizer } from '../visualizer/visualizer.js';
import type { Plugin } from './plugin.js';

export const RUNTIME_CHOICES = ['auto', 'tensorflow', 'webgpu', 'onnx', 'wasm', 'cpu'] as const;
export type RuntimeChoice = (typeof RUNTIME_CHOICES)[number];

/** What a run is made of. */
export interface Config {
  /** Hub name, path to a model file, or several for a comparison; left out: the bundled photo network. */
  readonly model?: string | readonly string[];
  /** Pictures, arrays, folders or globs. */
  readonly inputs?: readonly string[];
  readonly dataset?: string;
  /** Output folder. Default: `out`. */
  readonly out?: string;
  /** Default: 1. */
  readonly seed?: number;
  readonly runtime?: RuntimeChoice;
  readonly visualizers: readonly ConfiguredVisualizer[];
  /** Plugins, or module names to import them from. */
  readonly plugins?: readonly (Plugin | string)[];
  /** Continue what an earlier run in the same folder left undone. */
  readonly resume?: boolean;
}

/** Gives a config its type. */
export const defineConfig = (config: Config): Config => config;
