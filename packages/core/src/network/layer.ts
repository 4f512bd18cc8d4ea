/** Name of a layer, unique in its network. */
export type LayerName = string;

/** Height and width of something two-dimensional: a kernel, a stride, a picture. */
export type Extent = readonly [height: number, width: number];

/** Shape of one activation without the batch axis: height, width, channels. Flat activations are `[1, 1, C]`. */
export type Shape = readonly [height: number, width: number, channels: number];

/** Zeros (or, for a max-pool, −∞) added around a map, in positions. */
export interface ExplicitPadding {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/**
 * Explicit padding, or the rule that gives ⌈size / stride⌉ outputs: `same` puts the odd position at the
 * bottom and right (TensorFlow, ONNX SAME_UPPER), `sameLower` at the top and left.
 */
export type Padding = ExplicitPadding | 'same' | 'sameLower';

/** Order in which a map is laid out as a vector: `hwc` (TensorFlow, Keras) or `chw` (ONNX, Caffe, PyTorch). */
export type FlattenOrder = 'hwc' | 'chw';

interface Named {
  readonly name: LayerName;
  /** Names of the layers, or of the network input, that feed this layer. */
  readonly inputs: readonly LayerName[];
  /** Uses the weights of another layer of the same kind and shape (one layer applied twice). */
  readonly weightsOf?: LayerName;
}

/** Convolution (cross-correlation). Weights: `kernel` [kh, kw, Cin / groups, Cout], and `bias` [Cout] when `bias` is true. */
export interface ConvLayer extends Named {
  readonly kind: 'conv';
  readonly kernelSize: Extent;
  readonly filters: number;
  readonly stride: Extent;
  readonly dilation: Extent;
  readonly padding: Padding;
  readonly groups: number;
  readonly bias: boolean;
}

/** Fully connected layer; flattens its input in `inputOrder`. Weights: `kernel` [inputs, units], and `bias` [units] when `bias` is true. */
export interface DenseLayer extends Named {
  readonly kind: 'dense';
  readonly units: number;
  readonly bias: boolean;
  readonly inputOrder: FlattenOrder;
}

/** Max-pooling; padding counts as −∞, ties go to the first position in row-major order. */
export interface MaxPoolLayer extends Named {
  readonly kind: 'maxPool';
  readonly size: Extent;
  readonly stride: Extent;
  readonly padding: Padding;
  /** Rounds the number of windows up; the last window must still start inside the map or its top/left padding. */
  readonly ceilMode: boolean;
}

/** Average pooling. Positions beyond the padded map (ceil mode) never count in the divisor. */
export interface AvgPoolLayer extends Named {
  readonly kind: 'avgPool';
  readonly size: Extent;
  readonly stride: Extent;
  readonly padding: Padding;
  readonly ceilMode: boolean;
  /** Whether padded positions count in the divisor. */
  readonly countIncludePad: boolean;
}

/** Local response normalisation across channels: x / (bias + alpha / size · Σ x²)^beta over `size` neighbouring channels (ONNX, Caffe). */
export interface LrnLayer extends Named {
  readonly kind: 'lrn';
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly bias: number;
}

/** Inference-time batch normalisation: scale · (x − mean) / √(variance + epsilon) + offset. Weights: `scale`, `offset`, `mean`, `variance` [C]. */
export interface BatchNormLayer extends Named {
  readonly kind: 'batchNorm';
  readonly epsilon: number;
}

/** Per-channel scale · x + offset. Weights: `scale` and `offset` [C]. */
export interface AffineLayer extends Named {
  readonly kind: 'affine';
}

export interface LeakyReluLayer extends Named {
  readonly kind: 'leakyRelu';
  readonly slope: number;
}

/** min(max(x, min), max); ReLU6 is `clip` from 0 to 6. */
export interface ClipLayer extends Named {
  readonly kind: 'clip';
  readonly min: number;
  readonly max: number;
}

/** Dropout with the given rate: identity unless masks are given (training). */
export interface DropoutLayer extends Named {
  readonly kind: 'dropout';
  readonly rate: number;
}

export interface FlattenLayer extends Named {
  readonly kind: 'flatten';
  readonly order: FlattenOrder;
}

/** Pads a map with a constant. */
export interface PadLayer extends Named {
  readonly kind: 'pad';
  readonly padding: ExplicitPadding;
  readonly value: number;
}

/** A stored value with no inputs, kept so that every node of a model file has its row. It feeds no other layer. */
export interface ConstantLayer extends Named {
  readonly kind: 'constant';
  readonly shape: readonly number[];
}

/**
 * Layers without attributes. `concat` joins along channels, in input order; `add` and `multiply` are
 * elementwise, and an input of height and width 1 is broadcast over positions; `softmax` runs over channels.
 */
export interface PlainLayer extends Named {
  readonly kind: 'relu' | 'tanh' | 'sigmoid' | 'globalAvgPool' | 'concat' | 'add' | 'multiply' | 'softmax' | 'identity';
}

export type Layer =
  | ConvLayer
  | DenseLayer
  | MaxPoolLayer
  | AvgPoolLayer
  | LrnLayer
  | BatchNormLayer
  | AffineLayer
  | LeakyReluLayer
  | ClipLayer
  | DropoutLayer
  | FlattenLayer
  | PadLayer
  | ConstantLayer
  | PlainLayer;

export type LayerKind = Layer['kind'];

/** The layers of one kind. */
export type LayerOf<K extends LayerKind> = K extends PlainLayer['kind'] ? PlainLayer : Extract<Layer, { readonly kind: K }>;
