/** A TensorFlow.js backend that really loaded. */
export interface LoadedBackend {
  readonly version: string;
  /** What it runs on, for people: `1 thread, SIMD`, the name of an adapter. */
  readonly device: string;
  /** Whether it computes on a GPU. */
  readonly gpu: boolean;
  /** Makes it the active backend. */
  activate(): Promise<void>;
}

export type BackendName = 'tensorflow' | 'webgpu' | 'wasm' | 'cpu';

export interface Backend {
  readonly name: BackendName;
  /** What to install, or what the machine needs, for people. */
  readonly needs: string;
  /** Tells without loading anything whether it could be found on a GPU. */
  mayUseGpu(): boolean;
  /** @throws Error saying why it cannot be had */
  load(): Promise<LoadedBackend>;
}
