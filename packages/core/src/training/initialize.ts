import { z } from 'zod';
import type { Shape } from '../network/layer.js';
import type { Network, Weight, WeightName, Weights } from '../network/network.js';
import { inferShapes } from '../network/shapes.js';
import { weightShapes } from '../network/weights.js';
import type { Random } from '../random.js';

export const initializationOptions = z.strictObject({
  kernel: z
    .enum(['he', 'glorot', 'normal'])
    .default('he')
    .describe('`he`: N(0, 2 / fan-in); `glorot`: uniform in ±√(6 / (fan-in + fan-out)); `normal`: N(0, deviation²)'),
  deviation: z.number().positive().default(0.01).describe('Standard deviation of `normal`'),
  bias: z.number().default(0).describe('First value of biases'),
});

export type Initialization = z.output<typeof initializationOptions>;

/** Kernels are [..., fan-in of one position, fan-out of one position]; positions of the window count in both. */
function fillKernel(data: Float32Array, shape: readonly number[], { kernel, deviation }: Initialization, random: Random): void {
  const filters = shape.at(-1) ?? 1;
  const fanIn = data.length / filters;
  const window = shape.length === 4 ? (shape[0] ?? 1) * (shape[1] ?? 1) : 1;
  const limit = Math.sqrt(6 / (fanIn + filters * window));
  if (kernel === 'glorot') random.fillUniform(data, -limit, limit);
  else random.fillNormal(data, 0, kernel === 'he' ? Math.sqrt(2 / fanIn) : deviation);
}

function first(name: WeightName, shape: readonly number[], options: Initialization, random: Random): Weight {
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  const parameter = name.slice(name.lastIndexOf('/') + 1);
  if (parameter === 'kernel') fillKernel(data, shape, options, random.fork(name));
  else if (parameter === 'bias') data.fill(options.bias);
  else if (parameter === 'scale' || parameter === 'variance') data.fill(1);
  return { shape, data };
}

/** First weights for every layer of a network, each from a stream of its own: the same whatever other layers there are. */
export function initializeWeights(network: Network, input: Shape, options: Initialization, random: Random): Weights {
  const shapes = inferShapes(network, input);
  const weights = new Map<WeightName, Weight>();
  for (const layer of network.layers) {
    const inputShape = shapes.get(layer.inputs[0] ?? '');
    if (layer.weightsOf !== undefined || !inputShape) continue;
    for (const [parameter, shape] of weightShapes(layer, inputShape)) {
      const name = `${layer.name}/${parameter}`;
      weights.set(name, first(name, shape, options, random));
    }
  }
  return weights;
}
