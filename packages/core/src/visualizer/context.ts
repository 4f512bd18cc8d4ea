import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Image } from '../image/image.js';
import type { InputSpec } from '../model/input-spec.js';
import type { Model } from '../model/model.js';
import type { Extent } from '../network/layer.js';
import type { ImageCodec, Logger, TensorRuntime } from '../platform/platform.js';
import type { Random } from '../random.js';

/** The size at which an input is wanted: as the network is trained (`model`: resized and cropped), as it is (`native`), or height and width in pixels. */
export type WantedSize = 'model' | 'native' | Extent;

/** A picture or an array to look at. */
export interface Input {
  /** Unique in the run, fit for a file name. */
  readonly name: string;
  /** As the user gave it. */
  readonly source: string;
  /** True for an array, which is fed as it is whatever size is wanted. */
  readonly raw: boolean;
  /** [1, H, W, C] in the network's input units; the caller disposes it. @throws when an array's channels do not fit the network */
  tensor(spec: InputSpec, size?: WantedSize): Promise<Tensor4D>;
  /** Height and width of the picture or array. */
  readonly size: Extent;
}

/** Pictures with class numbers, read one by one. */
export interface Dataset {
  readonly name: string;
  readonly size: number;
  readonly labels: readonly string[];
  /** Item i: a picture, and its class. */
  item(index: number): Promise<{ readonly name: string; readonly image: Image; readonly label: number }>;
}

/** Bytes that survive a killed run: saved atomically, loaded again under `--resume`. */
export interface ResumableState {
  save(value: Uint8Array): Promise<void>;
  load(): Promise<Uint8Array | undefined>;
}

/** A hub name, a path, or `{ name, checkpoint }` of a bundled network. */
export type ModelSource = string;

/** Everything a visualizer may use from the outside. */
export interface RunContext {
  /** The first of `models`. */
  readonly model: Model;
  readonly models: readonly Model[];
  readonly inputs: readonly Input[];
  readonly dataset?: Dataset;
  loadModel(source: ModelSource): Promise<Model>;
  /**
   * A picture or array that is no input of the run, such as one that guides it, by its path; read as the inputs are, with a name of
   * its own. @throws FeaturescopeError when it is missing (naming what is near), unreadable, or more than one file
   */
  loadInput(source: string): Promise<Input>;
  readonly tensors: TensorRuntime;
  readonly codec: ImageCodec;
  /** Seeded from the run's seed and the visualizer's place in the config. */
  readonly random: Random;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly state: ResumableState;
}
