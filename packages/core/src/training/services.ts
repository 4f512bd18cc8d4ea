import type { Executor } from '../execution/executor.js';
import type { Network } from '../network/network.js';
import type { Clock } from '../platform/platform.js';
import type { ResumableState } from '../visualizer/context.js';
import type { TrainingImages } from './images.js';

/** Where a training keeps what must outlive it. Every write is atomic. */
export interface TrainingStore {
  /** Weights, optimiser and progress: what a killed training resumes from. */
  readonly state: ResumableState;
  /** Keeps a model file (safetensors) under a plain file name, `epoch-01.safetensors`. */
  writeCheckpoint(file: string, bytes: Uint8Array): Promise<void>;
}

/** What training takes from the outside; `Data` is what the network is trained on. */
export interface TrainingServices<Data = TrainingImages> {
  /** Without weights to start afresh, with weights to go on from them. */
  readonly network: Network;
  readonly executor: Executor;
  readonly training: Data;
  /** What accuracy is measured on. */
  readonly measured?: Data;
  readonly store: TrainingStore;
  /** For the speed in progress messages and the pace of saving; results do not depend on it. */
  readonly clock: Pick<Clock, 'now'>;
  readonly signal?: AbortSignal;
  /** Goes on from the saved state, if there is one. Default: false. */
  readonly resume?: boolean;
}
