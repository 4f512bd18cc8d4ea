import type { Executor } from '@featurescope/core';
import { BACKENDS } from './backends/index.js';
import { reasonOf } from './backends/modules.js';
import { loadOnnx, ONNX_NEEDS } from './onnx-path.js';
import { RUNTIME_PATHS, type RuntimePath } from './report.js';
import { createTfjsExecutor } from './tfjs/executor.js';

/** A path that can be taken. */
export interface FoundPath {
  readonly found: true;
  readonly version: string;
  readonly device: string;
  readonly gpu: boolean;
  /** Makes it the active backend, where it is one. */
  activate(): Promise<void>;
  createExecutor(): Executor;
}

export type Probe = FoundPath | { readonly found: false; readonly reason: string };

async function load(path: RuntimePath): Promise<FoundPath> {
  if (path === 'onnx') {
    const { version, device, create } = await loadOnnx();
    return { found: true, version, device, gpu: false, activate: async () => undefined, createExecutor: create };
  }
  return { found: true, ...(await BACKENDS[path].load()), createExecutor: createTfjsExecutor };
}

export const needsOf = (path: RuntimePath): string => (path === 'onnx' ? ONNX_NEEDS : BACKENDS[path].needs);

/** Tries paths by really loading them, each at most once. */
export class Probes {
  readonly #tried = new Map<RuntimePath, Probe>();

  async try(path: RuntimePath): Promise<Probe> {
    const known = this.#tried.get(path);
    if (known) return known;
    const probe = await load(path).catch((error: unknown): Probe => ({ found: false, reason: reasonOf(error) }));
    this.#tried.set(path, probe);
    return probe;
  }

  async tryAll(): Promise<void> {
    for (const path of RUNTIME_PATHS) await this.try(path);
  }

  /** Takes a path that turned out not to work out of the choice. */
  fail(path: RuntimePath, reason: string): void {
    this.#tried.set(path, { found: false, reason });
  }

  get(path: RuntimePath): Probe | undefined {
    return this.#tried.get(path);
  }
}
