import type { StoredArtifact } from '../visualizer/artifact.js';
import type { RunStatus } from '../visualizer/events.js';

/** One visualizer of a run, as `manifest.json` lists it. */
export interface ManifestRun {
  readonly visualizer: string;
  readonly options: unknown;
  readonly status: RunStatus;
  readonly error?: string;
  /** ISO 8601, UTC. */
  readonly startedAt?: string;
  readonly durationMs?: number;
  readonly artifacts: readonly StoredArtifact[];
}

/** `<out>/manifest.json`. There from the first second of a run, always replaced atomically. */
export interface Manifest {
  readonly schemaVersion: 1;
  /** Version of Featurescope. */
  readonly featurescope: string;
  readonly model: { readonly name: string; readonly sha256: string };
  readonly runtime: { readonly tensors: string; readonly executor: string };
  readonly seed: number;
  readonly config: unknown;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly runs: readonly ManifestRun[];
}
