import type {
  AvgPoolLayer,
  BatchNormLayer,
  ConvLayer,
  DenseLayer,
  FlattenLayer,
  Layer,
  LayerKind,
  LayerOf,
  LrnLayer,
  PlainLayer,
  Shape,
} from '@featurescope/core';
import { float } from '@featurescope/onnx';
import { layerWithoutValue } from '../errors.js';
import type { GraphBuilder, Value } from '../graph/builder.js';
import { reshape, transpose } from '../graph/operations.js';
import type { Parameter, Parameters } from '../graph/parameters.js';
import { avgDivisors } from '../graph/pool-geometry.js';

/** One layer in a graph over rows. */
export interface RowsSite<L extends Layer = Layer> {
  readonly g: GraphBuilder;
  readonly parameters: Parameters;
  readonly layer: L;
  readonly inputShape: Shape;
  readonly shape: Shape;
  /** An input at the changed positions of the output, [rows, C]. */
  rows(index?: number): Value;
  /** What the windows of the changed positions read, [rows, taps, C]; undefined where each needs just the position in its place. */
  taps(): { readonly value: Value; readonly count: number } | undefined;
  weight(parameter: string): Parameter;
  /** Divisors of the windows of the changed positions, [rows, 1]. */
  divisors(): Value;
}

type RowsRule<L extends Layer> = (site: RowsSite<L>) => Value;

const bias = (site: RowsSite<ConvLayer | DenseLayer>): Value[] => (site.layer.bias ? [site.parameters.use(site.weight('bias'))] : []);

/** Taps times kernel: a convolution is a matrix product over the rows. */
function conv(site: RowsSite<ConvLayer>): Value {
  const { g, parameters, layer, inputShape } = site;
  const { groups, filters } = layer;
  const taps = site.taps();
  const count = taps?.count ?? 1;
  const channels = inputShape[2];
  const kernel = site.weight('kernel');
  if (groups === 1) {
    const read = taps ? reshape(g, taps.value, [-1, count * channels]) : site.rows();
    return g.op('Gemm', [read, parameters.use(parameters.reshape(kernel, [count * channels, filters])), ...bias(site)]);
  }
  const each = channels / groups;
  const read = reshape(g, taps?.value ?? site.rows(), [-1, count, groups, each]);
  const byGroup = reshape(g, transpose(g, read, [2, 0, 1, 3]), [groups, -1, count * each]);
  const split = parameters.transpose(parameters.reshape(kernel, [count, each, groups, filters / groups]), [2, 0, 1, 3]);
  const product = g.op('MatMul', [byGroup, parameters.use(parameters.reshape(split, [groups, count * each, filters / groups]))]);
  const joined = reshape(g, transpose(g, product, [1, 0, 2]), [-1, filters]);
  return layer.bias ? g.op('Add', [joined, ...bias(site)]) : joined;
}

/** A whole map as one row, in the layer's order. */
function flatRows(site: RowsSite<DenseLayer | FlattenLayer>, order: FlattenLayer['order']): Value {
  const { g, inputShape } = site;
  const [height, width, channels] = inputShape;
  const taps = site.taps();
  if (!taps) return site.rows();
  return reshape(g, order === 'hwc' ? taps.value : transpose(g, taps.value, [0, 2, 1]), [-1, height * width * channels]);
}

const dense = (site: RowsSite<DenseLayer>): Value =>
  site.g.op('Gemm', [flatRows(site, site.layer.inputOrder), site.parameters.use(site.weight('kernel')), ...bias(site)]);

/** Reduces the taps of each row. */
const reduced = ({ g }: RowsSite, type: 'ReduceMax' | 'ReduceMean' | 'ReduceSum', value: Value): Value =>
  g.op(type, [value, g.ints([1])], { keepdims: 0 });

function avgPool(site: RowsSite<AvgPoolLayer>): Value {
  const { g, layer, inputShape, shape } = site;
  const taps = site.taps()?.value ?? '';
  const [h, w, c] = inputShape;
  const divisors = avgDivisors(layer, [1, c, h, w], [1, c, shape[0], shape[1]]);
  const size = layer.size[0] * layer.size[1];
  if (divisors.every((divisor) => divisor === size)) return reduced(site, 'ReduceMean', taps);
  return g.op('Div', [reduced(site, 'ReduceSum', taps), site.divisors()]);
}

function lrn(site: RowsSite<LrnLayer>): Value {
  const { g, layer, shape } = site;
  const { size } = layer;
  const below = Math.floor((size - 1) / 2);
  const rows = site.rows();
  const squares = reshape(g, g.op('Mul', [rows, rows]), [-1, 1, shape[2], 1]);
  const means = g.op('AveragePool', [squares], { kernel_shape: [size, 1], pads: [below, 0, size - 1 - below, 0], count_include_pad: 1 });
  // alpha / size · Σ is alpha · mean.
  const base = g.op('Add', [g.op('Mul', [reshape(g, means, [-1, shape[2]]), g.scalar(layer.alpha)]), g.scalar(layer.bias)]);
  return g.op('Mul', [rows, g.op('Pow', [base, g.scalar(-layer.beta)])]);
}

function batchNorm(site: RowsSite<BatchNormLayer>): Value {
  const weights = ['scale', 'offset', 'mean', 'variance'].map((parameter) => site.parameters.use(site.weight(parameter)));
  return site.g.op('BatchNormalization', [site.rows(), ...weights], { epsilon: float(site.layer.epsilon) });
}

const unary =
  (type: string) =>
  (site: RowsSite<PlainLayer>): Value =>
    site.g.op(type, [site.rows()]);

const allRows = (site: RowsSite<PlainLayer>): Value[] => site.layer.inputs.map((_, index) => site.rows(index));

const folded =
  (type: 'Add' | 'Mul') =>
  (site: RowsSite<PlainLayer>): Value =>
    allRows(site).reduce((a, b) => site.g.op(type, [a, b]));

const RULES: { readonly [Kind in LayerKind]: RowsRule<LayerOf<Kind>> } = {
  conv,
  dense,
  maxPool: (site) => reduced(site, 'ReduceMax', site.taps()?.value ?? ''),
  avgPool,
  lrn,
  batchNorm,
  affine: (site) => {
    const [scale, offset] = ['scale', 'offset'].map((parameter) => site.parameters.use(site.weight(parameter)));
    return site.g.op('Add', [site.g.op('Mul', [site.rows(), scale ?? '']), offset ?? '']);
  },
  relu: unary('Relu'),
  tanh: unary('Tanh'),
  sigmoid: unary('Sigmoid'),
  globalAvgPool: (site) => {
    const taps = site.taps();
    return taps ? reduced(site, 'ReduceMean', taps.value) : site.rows();
  },
  softmax: (site) => site.g.op('Softmax', [site.rows()], { axis: 1 }),
  identity: (site) => site.rows(),
  concat: (site) => site.g.op('Concat', allRows(site), { axis: 1 }),
  add: folded('Add'),
  multiply: folded('Mul'),
  leakyRelu: (site) => site.g.op('LeakyRelu', [site.rows()], { alpha: float(site.layer.slope) }),
  clip: (site) => site.g.op('Clip', [site.rows(), site.g.scalar(site.layer.min), site.g.scalar(site.layer.max)]),
  dropout: (site) => site.rows(),
  flatten: (site) => flatRows(site, site.layer.order),
  pad: (site) => reshape(site.g, site.taps()?.value ?? '', [-1, site.shape[2]]),
  constant: (site) => {
    throw layerWithoutValue(site.layer.name);
  },
};

/** Adds the nodes that compute the changed rows of a layer. */
export const rowsRule = (layer: Layer): RowsRule<Layer> => RULES[layer.kind] as RowsRule<Layer>;
