import type {
  AvgPoolLayer,
  BatchNormLayer,
  ConvLayer,
  DenseLayer,
  ExplicitPadding,
  Extent,
  Layer,
  LayerName,
  LrnLayer,
  MaxPoolLayer,
} from '@featurescope/core';

type Both = number | Extent;

interface ConvOptions {
  readonly stride?: Both;
  readonly padding?: number | ExplicitPadding;
  readonly groups?: number;
  readonly bias?: boolean;
}

interface PoolOptions {
  readonly stride?: Both;
  readonly padding?: number | ExplicitPadding;
  readonly ceilMode?: boolean;
}

/** A layer whose inputs are not said yet: it takes the layer before it in a chain. */
export type LooseLayer = Layer extends infer L
  ? L extends Layer
    ? Omit<L, 'inputs'> & { readonly inputs?: readonly LayerName[] }
    : never
  : never;

const extent = (both: Both): Extent => (typeof both === 'number' ? [both, both] : both);

const padded = (padding: number | ExplicitPadding): ExplicitPadding =>
  typeof padding === 'number' ? { top: padding, left: padding, bottom: padding, right: padding } : padding;

/** Convolution; padding is 0, stride 1, and there is a bias unless said otherwise. */
export const conv = (name: LayerName, kernel: Both, filters: number, options: ConvOptions = {}): Omit<ConvLayer, 'inputs'> => ({
  kind: 'conv',
  name,
  kernelSize: extent(kernel),
  filters,
  stride: extent(options.stride ?? 1),
  dilation: [1, 1],
  padding: padded(options.padding ?? 0),
  groups: options.groups ?? 1,
  bias: options.bias ?? true,
});

/** Max-pooling; the stride is the size unless given. */
export const maxPool = (name: LayerName, size: Both, options: PoolOptions = {}): Omit<MaxPoolLayer, 'inputs'> => ({
  kind: 'maxPool',
  name,
  size: extent(size),
  stride: extent(options.stride ?? size),
  padding: padded(options.padding ?? 0),
  ceilMode: options.ceilMode ?? false,
});

/** Average pooling; the stride is the size unless given. */
export const avgPool = (name: LayerName, size: Both, options: PoolOptions = {}): Omit<AvgPoolLayer, 'inputs'> => ({
  kind: 'avgPool',
  name,
  size: extent(size),
  stride: extent(options.stride ?? size),
  padding: padded(options.padding ?? 0),
  ceilMode: options.ceilMode ?? false,
  countIncludePad: true,
});

/** Local response normalisation with AlexNet's n = 5, α = 10⁻⁴, β = 0.75 and k = 2; the paper does not divide α by n. */
export const lrn = (name: LayerName): Omit<LrnLayer, 'inputs'> => ({ kind: 'lrn', name, size: 5, alpha: 5 * 1e-4, beta: 0.75, bias: 2 });

/** Local response normalisation with the constants of Caffe's GoogLeNet: α = 10⁻⁴ is divided by n, and k is 1. */
export const caffeLrn = (name: LayerName): Omit<LrnLayer, 'inputs'> => ({ ...lrn(name), alpha: 1e-4, bias: 1 });

export const batchNorm = (name: LayerName): Omit<BatchNormLayer, 'inputs'> => ({ kind: 'batchNorm', name, epsilon: 1e-5 });

export const dense = (name: LayerName, units: number): Omit<DenseLayer, 'inputs'> => ({
  kind: 'dense',
  name,
  units,
  bias: true,
  inputOrder: 'hwc',
});

export const dropout = (name: LayerName, rate: number): LooseLayer => ({ kind: 'dropout', name, rate });

const plain =
  (kind: 'relu' | 'tanh' | 'softmax' | 'globalAvgPool') =>
  (name: LayerName): LooseLayer => ({ kind, name });

export const relu = plain('relu');
export const tanh = plain('tanh');
export const softmax = plain('softmax');
export const globalAvgPool = plain('globalAvgPool');

/** Joins the named layers along channels, in this order. */
export const concat = (name: LayerName, inputs: readonly LayerName[]): LooseLayer => ({ kind: 'concat', name, inputs });

/** Adds the named layers position by position. */
export const add = (name: LayerName, inputs: readonly LayerName[]): LooseLayer => ({ kind: 'add', name, inputs });

/** Feeds a layer from a named one instead of the one before it. */
export const from = (input: LayerName, layer: LooseLayer): LooseLayer => ({ ...layer, inputs: [input] });
