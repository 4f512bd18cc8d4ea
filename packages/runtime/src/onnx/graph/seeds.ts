import type { ActivationGraph } from './activations.js';
import type { GraphBuilder, Value } from './builder.js';
import { type MapShape, reduceSum, reshape, toChannelsFirst, transpose } from './operations.js';
import { PORTS, type SeedSpec } from './pass-spec.js';

interface SeedParts {
  /** Value for each picture, [N, 1, 1, 1], before `scale`. */
  readonly value: Value;
  /** Derivative with respect to the activation, before `factor`; its nodes are added when it is asked for. */
  readonly derivative: () => Value;
}

/** Divisor of a relative distance to a target of zeros. */
const SMALLEST_NORM = 1e-12;

/**
 * Adds the nodes of one seed term: its value for each picture as a result, and weight · d value / d activation if it has a weight.
 * `factor` [N, 1, 1, 1] comes in with the term's weight in it, `scale` [N, 1, 1, 1] divides means.
 */
export function seedSignal(g: GraphBuilder, activations: ActivationGraph, spec: SeedSpec, index: number): Value | undefined {
  const shape = activations.shape(spec.layer);
  const [n] = shape;
  const { value, derivative } = seedParts(g, activations.value(spec.layer), spec, index, shape);
  const scaled = spec.mean ? g.op('Mul', [value, g.input(PORTS.seed(index, 'scale'), [n, 1, 1, 1])]) : value;
  g.output(PORTS.seed(index, 'value'), reshape(g, scaled, [n]), [n]);
  return spec.weighted ? g.op('Mul', [derivative(), g.input(PORTS.seed(index, 'factor'), [n, 1, 1, 1])]) : undefined;
}

function seedParts(g: GraphBuilder, a: Value, spec: SeedSpec, index: number, shape: MapShape): SeedParts {
  const mask = selectionMask(g, spec, index, shape);
  const masked = (value: Value) => mask.reduce((product, factor) => g.op('Mul', [product, factor]), value);
  switch (spec.form) {
    case 'sum':
      return { value: total(g, masked(a)), derivative: () => masked(g.op('Expand', [g.scalar(1), g.ints(shape)])) };
    case 'squares':
      return squares(g, masked(a));
    case 'positiveSquares':
      return squares(g, masked(g.op('Relu', [a])));
    case 'dot': {
      const guide = guideMap(g, spec, index);
      return { value: total(g, g.op('Mul', [a, guide])), derivative: () => guide };
    }
    case 'distance':
      return squares(g, g.op('Sub', [a, guideMap(g, spec, index)]));
    case 'relativeDistance': {
      const target = guideMap(g, spec, index);
      const { value, derivative } = squares(g, g.op('Sub', [a, target]));
      const norm = g.op('Max', [total(g, g.op('Mul', [target, target])), g.scalar(SMALLEST_NORM)]);
      return { value: g.op('Div', [value, norm]), derivative: () => g.op('Div', [derivative(), norm]) };
    }
    case 'match': {
      const matched = bestMatches(g, a, g.input(PORTS.seed(index, 'tensor'), guideOf(spec)), guideOf(spec), shape);
      return { value: total(g, g.op('Mul', [a, matched])), derivative: () => matched };
    }
    case 'direction': {
      const vector = g.input(PORTS.seed(index, 'vector'), [1, shape[1], 1, 1]);
      return { value: total(g, g.op('Mul', [a, vector])), derivative: () => g.op('Expand', [vector, g.ints(shape)]) };
    }
    case 'crossEntropy': {
      const [n, classes] = shape;
      const labels = g.input(PORTS.seed(index, 'labels'), [n, classes]);
      const logits = reshape(g, a, [n, classes]);
      const value = g.op('Neg', [reduceSum(g, g.op('Mul', [labels, g.op('LogSoftmax', [logits], { axis: 1 })]), [1])]);
      const derivative = () => reshape(g, g.op('Sub', [g.op('Softmax', [logits], { axis: 1 }), labels]), shape);
      return { value: reshape(g, value, [n, 1, 1, 1]), derivative };
    }
  }
}

const total = (g: GraphBuilder, value: Value): Value => reduceSum(g, value, [1, 2, 3]);

/** Σ a², and a: the factor 2 is in `factor`. */
const squares = (g: GraphBuilder, a: Value): SeedParts => ({ value: total(g, g.op('Mul', [a, a])), derivative: () => a });

type GuideShape = readonly [pictures: number, height: number, width: number, channels: number];

const guideOf = ({ guide: [n = 0, h = 0, w = 0, c = 0] = [] }: SeedSpec): GuideShape => [n, h, w, c];

/** The guide as [1 or N, C, H, W]. */
function guideMap(g: GraphBuilder, spec: SeedSpec, index: number): Value {
  const [n, h, w, c] = guideOf(spec);
  return toChannelsFirst(g, g.input(PORTS.seed(index, 'tensor'), [n, h, w, c]), [n, c, h, w]);
}

/** For each position of a [N, C, H, W] the column of the guide [1 or N, H', W', C] with the largest dot product, the first of equals. */
function bestMatches(g: GraphBuilder, a: Value, guide: Value, [guides, height, width, c]: GuideShape, [n, , h, w]: MapShape): Value {
  const columns = height * width;
  const rows = transpose(g, reshape(g, a, [n, c, h * w]), [0, 2, 1]);
  const products = g.op('MatMul', [rows, transpose(g, reshape(g, guide, [guides, columns, c]), [0, 2, 1])]);
  const best = g.op('ArgMax', [products], { axis: 2, keepdims: 0, select_last_index: 0 });
  const first = Array.from({ length: guides }, (_, picture) => picture * columns);
  const places = guides === 1 ? best : g.op('Add', [best, reshape(g, g.ints(first), [guides, 1])]);
  const matched = g.op('Gather', [reshape(g, guide, [guides * columns, c]), places], { axis: 0 });
  return reshape(g, transpose(g, matched, [0, 2, 1]), [n, c, h, w]);
}

function selectionMask(g: GraphBuilder, { selection }: SeedSpec, index: number, [n, c, h, w]: MapShape): Value[] {
  if (selection === 'all') return [];
  const channels = g.input(PORTS.seed(index, 'channels'), [n, c, 1, 1]);
  return selection === 'channels' ? [channels] : [channels, g.input(PORTS.seed(index, 'positions'), [n, 1, h, w])];
}
