import type { BackwardPolicy, ClipLayer, Layer, LeakyReluLayer, PlainLayer } from '@featurescope/core';
import { float } from '@featurescope/onnx';
import type { GraphBuilder, Value } from '../graph/builder.js';
import type { Site } from '../graph/site.js';

const indicator = (g: GraphBuilder, condition: Value): Value => g.op('Cast', [condition], { to: 1 });

/** `R' = (rectifySignal ? max(R, 0) : R) · (forwardMask ? f'(x) : 1)`. */
const activationDown =
  <L extends Layer>(derivative: (site: Site<L>) => Value) =>
  (site: Site<L>, signal: Value, { relu }: BackwardPolicy): Value => {
    const rectified = relu.rectifySignal ? site.g.op('Relu', [signal]) : signal;
    return relu.forwardMask ? site.g.op('Mul', [rectified, derivative(site)]) : rectified;
  };

/** Steeper than any normal number is small: a hard sigmoid of this slope is a step, in one vectorised pass. */
const STEEP = 3e38;

/** 1 where a value that is never negative is positive, else 0. */
const positive = (g: GraphBuilder, value: Value): Value => g.op('HardSigmoid', [value], { alpha: float(STEEP), beta: float(0) });

/** The rule of a ReLU; `output` may be its output, or the maxima of it that a pool takes. */
export const reluDown = activationDown<Layer>((site) => positive(site.g, site.output()));

export const leakyReluDown = activationDown<LeakyReluLayer>(({ g, layer, input }) =>
  g.op('Where', [g.op('Greater', [input(), g.scalar(0)]), g.scalar(1), g.scalar(layer.slope)]),
);

export const clipDown = activationDown<ClipLayer>(({ g, layer, input }) =>
  indicator(g, g.op('And', [g.op('Greater', [input(), g.scalar(layer.min)]), g.op('Less', [input(), g.scalar(layer.max)])])),
);

export const tanhDown = activationDown<PlainLayer>(({ g, output }) => g.op('Sub', [g.scalar(1), g.op('Mul', [output(), output()])]));

export const sigmoidDown = activationDown<PlainLayer>(({ g, output }) => g.op('Mul', [output(), g.op('Sub', [g.scalar(1), output()])]));
