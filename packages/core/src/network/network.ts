import type { Layer, LayerName, Shape } from './layer.js';

/** `layer/parameter`, for example `conv1/kernel`. */
export type WeightName = string;

/** One weight array, C order, float32. */
export interface Weight {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type Weights = ReadonlyMap<WeightName, Weight>;

/** Where a network takes its input; height and width are `null` when any size will do. */
export interface NetworkInput {
  readonly name: LayerName;
  readonly shape: readonly [height: number | null, width: number | null, channels: number];
}

/** A directed acyclic graph of named layers in an order in which each layer follows what feeds it; pure data. */
export interface Network {
  readonly input: NetworkInput;
  readonly layers: readonly Layer[];
  /** Layers whose activations are the results; the last one is the main output. */
  readonly outputs: readonly LayerName[];
  /** Empty for an architecture without weights. */
  readonly weights: Weights;
}

/** Size of the input region that one position sees, along each axis, in input pixels. */
export interface ReceptiveField {
  /** May exceed the picture. */
  readonly size: readonly [height: number, width: number];
  /** Distance in the input between neighbouring positions. */
  readonly jump: readonly [y: number, x: number];
  /** First pixel covered by position (0, 0); negative where padding is covered. */
  readonly start: readonly [y: number, x: number];
}

/** What `featurescope inspect` prints of a layer. */
export interface LayerInfo {
  /** Counted from 1 in the order of the network. */
  readonly index: number;
  readonly name: LayerName;
  readonly kind: Layer['kind'];
  readonly inputs: readonly LayerName[];
  readonly outputShape: Shape;
  readonly parameters: number;
  /** Computed from the graph. */
  readonly receptiveField: ReceptiveField;
}
