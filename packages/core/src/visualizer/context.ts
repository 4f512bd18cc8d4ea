import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Drawing } from '../drawing/drawing.js';
import type { CompiledNetwork } from '../execution/executor.js';
import type { Image } from '../image/image.js';
import type { InputSpec } from '../model/input-spec.js';
import type { Model } from '../model/model.js';
import type { Extent, Shape } from '../network/layer.js';
import type { Network } from '../network/network.js';
import type { Clock, ImageCodec, Logger, TensorRuntime } from '../platform/platform.js';
import type { Random } from '../random.js';
import type { Manifest } from '../run/manifest.js';
import type { TrainingEvent } from '../training/events.js';
import type { TrainingExamples } from '../training/examples.js';
import type { TrainingPlan } from '../training/plan.js';
import type { TrainingServices } from '../training/services.js';
import type { VisualizerFactory } from './visualizer.js';

/** The size at which an input is wanted: as the network is trained (`model`: resized and cropped), as it is (`native`), or height and width in pixels. */
export type WantedSize = 'model' | 'native' | Extent;

/** Numbers in the network's input units, in plain memory. */
export interface InputValues {
  /** [1, H, W, C] */
  readonly shape: Tensor4D['shape'];
  readonly data: Float32Array;
}

/** A picture, a drawing or an array to look at. */
export interface Input {
  /** Unique in the run, fit for a file name. */
  readonly name: string;
  /** As the user gave it. */
  readonly source: string;
  /** True for an array, which is fed as it is whatever size is wanted. */
  readonly raw: boolean;
  /** [1, H, W, C] in the network's input units; the caller disposes it. @throws when an array's channels do not fit the network */
  tensor(spec: InputSpec, size?: WantedSize): Promise<Tensor4D>;
  /** The same numbers in plain memory, for pictures that are too large for a tensor; left out: the tensor has to do. */
  values?(spec: InputSpec, size?: WantedSize): Promise<InputValues>;
  /** Height and width of the picture, the canvas or the array. */
  readonly size: Extent;
  /** The strokes of a drawing; left out for what cannot be one. @throws FeaturescopeError when the file is a picture without strokes */
  drawing?(): Promise<Drawing>;
}

/** One item of a data set: a picture, an array [H, W, C] that is fed as it is, or a drawing. */
export type DatasetItem = {
  readonly name: string;
  /** Index into the labels, where classes are known. */
  readonly label?: number;
} & (
  | { readonly kind: 'picture'; readonly image: Image }
  | { readonly kind: 'array'; readonly shape: Shape; readonly values: Float32Array }
  /** `id` is the same for one drawing in several collections, or several forms of it. */
  | { readonly kind: 'drawing'; readonly drawing: Drawing; readonly id?: string }
);

/** Pictures, arrays or drawings, read one by one. */
export interface Dataset {
  readonly name: string;
  readonly size: number;
  /** Names of the classes; empty when they are not known. */
  readonly labels: readonly string[];
  /** Item i. @throws FeaturescopeError when there is none, or it cannot be read */
  item(index: number): Promise<DatasetItem>;
}

/** What a run that is over, or still going on, has written. */
export interface EarlierRun {
  /** Its output folder, for messages. */
  readonly location: string;
  readonly manifest: Manifest;
  /** The bytes of an artifact by its path in the manifest; undefined when there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
}

/** Bytes that survive a killed run: saved atomically, loaded again under `--resume`. */
export interface ResumableState {
  save(value: Uint8Array): Promise<void>;
  load(): Promise<Uint8Array | undefined>;
}

/** A hub name, a path, or `{ name, checkpoint }` of a bundled network. */
export type ModelSource = string;

/** What a visualizer gives to a training of its own. */
export type TrainingJob = Omit<TrainingServices<TrainingExamples>, 'executor' | 'clock' | 'signal'>;

/** Everything a visualizer may use from the outside. */
export interface RunContext {
  /** The first of `models`. */
  readonly model: Model;
  readonly models: readonly Model[];
  readonly inputs: readonly Input[];
  readonly dataset?: Dataset;
  /** Every visualizer at hand, each name once: those of the run's plugins, and those of its config. For visualizers that run others. */
  readonly visualizers: readonly VisualizerFactory[];
  /** What is not disposed before is disposed when the visualizer has ended. @throws FeaturescopeError when there is no such model, or it cannot be read */
  loadModel(source: ModelSource): Promise<Model>;
  /**
   * Sources for `loadModel` in natural order (`epoch-2` before `epoch-10`): the model files in a folder, those that a glob matches, or the
   * checkpoints of a bundled network for `<network>@all`; the name or file of one model stands for itself. None where a folder is
   * empty or not there yet. @throws FeaturescopeError when a bundled network does not exist
   */
  listModels(pattern: ModelSource): Promise<readonly ModelSource[]>;
  /**
   * A picture or array that is no input of the run, such as one that guides it, by its path; read as the inputs are, with a name of
   * its own. @throws FeaturescopeError when it is missing (naming what is near), unreadable, or more than one file
   */
  loadInput(source: string): Promise<Input>;
  /**
   * A text that goes with the inputs, such as a table of marked parts, by its path; found where inputs are found.
   * @throws FeaturescopeError when it is missing (naming what is near) or unreadable
   */
  readText(source: string): Promise<string>;
  /** Another run by its output folder, to go on from its results. @throws FeaturescopeError when there is none */
  loadRun(out: string): Promise<EarlierRun>;
  /** Makes a network of one's own, such as the model's with further layers, ready to run; the caller disposes it. */
  compile(network: Network): Promise<CompiledNetwork>;
  /**
   * A network without weights, by the name of its architecture and options.
   * @throws FeaturescopeError when there is no such architecture (naming what is near), or its options are wrong
   */
  architecture(name: string, options?: Readonly<Record<string, unknown>>): Network;
  /** Trains a network on the run's executor, until the run's signal aborts; the store is the visualizer's own. @throws as `trainNetwork` does */
  train(plan: TrainingPlan, job: TrainingJob): AsyncIterable<TrainingEvent>;
  readonly tensors: TensorRuntime;
  readonly codec: ImageCodec;
  /** Seeded from the run's seed and the visualizer's place in the config. */
  readonly random: Random;
  /** For what has to wait, such as for the files of another process. */
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly state: ResumableState;
}
