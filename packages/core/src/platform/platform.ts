import type { Executor } from '../execution/executor.js';
import type { Image } from '../image/image.js';
import type { Model } from '../model/model.js';
import type { Extent } from '../network/layer.js';
import type { Manifest } from '../run/manifest.js';
import type { AnimationFormat, Artifact, StoredArtifact } from '../visualizer/artifact.js';
import type { Dataset, Input, ModelSource, ResumableState } from '../visualizer/context.js';
import type { RunEvent } from '../visualizer/events.js';

/** TensorFlow.js on a chosen backend. */
export interface TensorRuntime {
  /** `tensorflow`, `webgpu`, `wasm` or `cpu`. */
  readonly backend: string;
}

/** Name of an executor and how to get it; one executor is shared by a process. */
export interface ExecutorFactory {
  create(): Promise<Executor>;
}

export type ResizeKernel = 'bilinear' | 'nearest' | 'lanczos3';

/** Text that goes into a PNG, keyword → value. */
export type ImageText = Readonly<Record<string, string>>;

/** Reads and writes picture files in memory. */
export interface ImageCodec {
  /** 8-bit grey or RGB (alpha flattened on white), upright. @throws FeaturescopeError naming `source` when the bytes are no picture */
  decode(bytes: Uint8Array, source: string): Promise<Image>;
  encodePng(image: Image, text?: ImageText): Promise<Uint8Array>;
  /**
   * An animation that repeats for ever, `delay` milliseconds a frame (in a GIF whole hundredths of a second, at least two, since less is
   * played slowly). @throws FeaturescopeError when there are no frames, or frames of several sizes
   */
  encodeAnimation(frames: readonly Image[], delay: number, format: AnimationFormat): Promise<Uint8Array>;
  resize(image: Image, size: Extent, kernel?: ResizeKernel): Promise<Image>;
}

/** Where the results of one run go. Every write is atomic. */
export interface ArtifactStore {
  /** Folder or other name of the place, for messages. */
  readonly location: string;
  readManifest(): Promise<Manifest | undefined>;
  writeManifest(manifest: Manifest): Promise<void>;
  /** Writes the artifact into `folder` and tells where it is. */
  write(folder: string, artifact: Artifact, provenance: ImageText): Promise<StoredArtifact>;
  appendEvent(event: RunEvent): Promise<void>;
  /** Saved state of one visualizer, kept until `clearState`. */
  state(folder: string): ResumableState;
  clearState(folder: string): Promise<void>;
  /** Removes what a former run left in `folder`. */
  clear(folder: string): Promise<void>;
  /** Writes a file such as the gallery page, atomically. */
  writeText(path: string, text: string): Promise<void>;
  /** A file of this run by the `path` of its artifact, for reporters that show it; undefined when there is none. */
  read?(path: string): Promise<Uint8Array | undefined>;
  /** Waits for pending writes. */
  close(): Promise<void>;
}

export interface ModelLoader {
  /** @throws FeaturescopeError when there is no such model, or it cannot be read */
  load(source: ModelSource | undefined): Promise<Model>;
  /** The models that a folder, a glob or `<bundled network>@all` stands for; see `RunContext.listModels`. Left out: each stands for itself. */
  list?(pattern: ModelSource): Promise<readonly ModelSource[]>;
}

export interface InputLoader {
  /** Expands paths, folders and globs. @throws FeaturescopeError naming the input that is missing or unreadable */
  load(patterns: readonly string[]): Promise<readonly Input[]>;
  /** A text by its path; see `RunContext.readText`. Left out: there are none. */
  readText?(source: string): Promise<string>;
}

export interface DatasetLoader {
  load(source: string): Promise<Dataset>;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so many milliseconds. @throws the signal's reason as soon as it aborts */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  debug(message: string): void;
}

/** A subscriber to the event stream: progress bars, the gallery, a third party's own. */
export interface Reporter {
  readonly name: string;
  onEvent(event: RunEvent, manifest: Manifest, store: ArtifactStore): void | Promise<void>;
}
