import type { ActivationGraph } from './activations.js';
import type { GraphBuilder, Value } from './builder.js';
import { type MapShape, reduceSum, reshape } from './operations.js';
import { PORTS, type SeedSpec } from './pass-spec.js';

interface SeedParts {
  /** Value for each picture, [N, 1, 1, 1], before `scale`. */
  readonly value: Value;
  /** Derivative with respect to the activation, before `factor`. */
  readonly derivative: Value;
}

/**
 * Adds the nodes of one seed term: its value for each picture as a result, and weight · d value / d activation.
 * `factor` [N, 1, 1, 1] comes in with the term's weight in it, `scale` [N, 1, 1, 1] divides means.
 */
export function seedSignal(g: GraphBuilder, activations: ActivationGraph, spec: SeedSpec, index: number): Value {
  const shape = activations.shape(spec.layer);
  const [n] = shape;
  const { value, derivative } = seedParts(g, activations, spec, index, shape);
  const scaled = spec.mean ? g.op('Mul', [value, g.input(PORTS.seed(index, 'scale'), [n, 1, 1, 1])]) : value;
  g.output(PORTS.seed(index, 'value'), reshape(g, scaled, [n]), [n]);
  return g.op('Mul', [derivative, g.input(PORTS.seed(index, 'factor'), [n, 1, 1, 1])]);
}

function seedParts(g: GraphBuilder, activations: ActivationGraph, spec: SeedSpec, index: number, shape: MapShape): SeedParts {
  const a = activations.value(spec.layer);
  const mask = selectionMask(g, spec, index, shape);
  const masked = (value: Value) => mask.reduce((product, factor) => g.op('Mul', [product, factor]), value);
  switch (spec.form) {
    case 'sum': {
      const ones = g.op('Expand', [g.scalar(1), g.ints(shape)]);
      return { value: total(g, masked(a)), derivative: masked(ones) };
    }
    case 'squares':
      return squares(g, masked(a));
    case 'positiveSquares':
      return squares(g, masked(g.op('Relu', [a])));
    case 'dot': {
      const guide = activations.mapInput(PORTS.seed(index, 'tensor'), spec.layer);
      return { value: total(g, g.op('Mul', [a, guide])), derivative: guide };
    }
    case 'crossEntropy': {
      const [n, classes] = shape;
      const labels = g.input(PORTS.seed(index, 'labels'), [n, classes]);
      const logits = reshape(g, a, [n, classes]);
      const value = g.op('Neg', [reduceSum(g, g.op('Mul', [labels, g.op('LogSoftmax', [logits], { axis: 1 })]), [1])]);
      const derivative = g.op('Sub', [g.op('Softmax', [logits], { axis: 1 }), labels]);
      return { value: reshape(g, value, [n, 1, 1, 1]), derivative: reshape(g, derivative, shape) };
    }
  }
}

const total = (g: GraphBuilder, value: Value): Value => reduceSum(g, value, [1, 2, 3]);

/** Σ a², and a: the factor 2 is in `factor`. */
const squares = (g: GraphBuilder, a: Value): SeedParts => ({ value: total(g, g.op('Mul', [a, a])), derivative: a });

function selectionMask(g: GraphBuilder, { selection }: SeedSpec, index: number, [n, c, h, w]: MapShape): Value[] {
  if (selection === 'all') return [];
  const channels = g.input(PORTS.seed(index, 'channels'), [n, c, 1, 1]);
  return selection === 'channels' ? [channels] : [channels, g.input(PORTS.seed(index, 'positions'), [n, 1, h, w])];
}
