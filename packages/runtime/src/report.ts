import { arch, availableParallelism, cpus, platform } from 'node:os';
import type { RuntimeChoice } from '@featurescope/core';
import type { BackendName } from './backends/backend.js';

/** A way to run things: a TensorFlow.js backend, or ONNX Runtime. */
export type RuntimePath = BackendName | 'onnx';

/** In order of preference. */
export const RUNTIME_PATHS = ['tensorflow', 'webgpu', 'onnx', 'wasm', 'cpu'] as const satisfies readonly RuntimePath[];

/** What became of one path. */
export interface PathReport {
  readonly name: RuntimePath;
  /** `unknown`: not looked for, since the choice did not depend on it. */
  readonly found: 'yes' | 'no' | 'unknown';
  readonly version?: string;
  /** What it runs on, for people. */
  readonly device?: string;
  /** Whether it computes on a GPU. */
  readonly gpu: boolean;
  /** What it was chosen for: tensor maths, network passes, both or neither. */
  readonly chosenFor: readonly ('tensors' | 'passes')[];
  /** Why it was chosen or not, and what is missing. */
  readonly reason: string;
  /** What this path needs on a machine. */
  readonly needs: string;
}

/** What `featurescope doctor` shows. */
export interface RuntimeReport {
  readonly choice: RuntimeChoice;
  /** The backend of tensor maths. */
  readonly tensors: BackendName;
  /** The executor of network passes: `onnx` or `tfjs`. */
  readonly executor: string;
  readonly paths: readonly PathReport[];
  readonly host: Host;
}

export interface Host {
  /** Version of Node, without the `v`. */
  readonly node: string;
  readonly platform: string;
  readonly processor: string;
  /** Processors that the machine has, and that this process may use: ONNX Runtime starts as many threads. */
  readonly cores: number;
  readonly threads: number;
}

export const describeHost = (): Host => ({
  node: process.versions.node,
  platform: `${platform()} ${arch()}`,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  threads: availableParallelism(),
});
