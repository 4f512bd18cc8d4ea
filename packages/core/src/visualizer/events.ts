import type { Image } from '../image/image.js';
import type { Artifact, StoredArtifact } from './artifact.js';

/** What a visualizer yields. */
export type VisualizerEvent =
  | { readonly type: 'progress'; readonly done: number; readonly total: number; readonly label?: string }
  /** One number of a series, of one input where there are several; `step` counts from 0 and never goes back within it. */
  | { readonly type: 'metric'; readonly series: string; readonly step: number; readonly value: number; readonly input?: string }
  /** A picture of work in progress. */
  | { readonly type: 'frame'; readonly step: number; readonly image: Image; readonly input?: string }
  | { readonly type: 'warning'; readonly message: string }
  | {
      readonly type: 'artifact';
      readonly artifact: Artifact;
      /** Takes the place of the one of the same kind, name, input, layer and unit that was handed over before. Default: false. */
      readonly replaces?: boolean;
    };

/** The same after the engine: artifacts are on disk. */
export type StoredEvent =
  | Exclude<VisualizerEvent, { readonly type: 'artifact' }>
  | { readonly type: 'artifact'; readonly artifact: StoredArtifact };

export type RunStatus = 'running' | 'done' | 'failed' | 'cancelled';

/** An event of a visualizer; `index` is its place in the config, from 0. */
export type VisualizerRunEvent = { readonly time: string; readonly visualizer: string; readonly index: number } & (
  | StoredEvent
  | { readonly type: 'visualizer-started' }
  | { readonly type: 'visualizer-skipped' }
  | {
      readonly type: 'visualizer-finished';
      readonly status: RunStatus;
      readonly durationMs: number;
      readonly error?: string;
      /** Whether the error is wrong use, such as a layer that the model does not have, or went wrong while running. */
      readonly errorCategory?: 'usage' | 'failure';
    }
);

/** What `run(config)` emits. */
export type RunEvent =
  | { readonly time: string; readonly type: 'run-started'; readonly out: string; readonly visualizers: readonly string[] }
  | VisualizerRunEvent
  | { readonly time: string; readonly type: 'run-finished'; readonly status: RunStatus; readonly failed: number };
