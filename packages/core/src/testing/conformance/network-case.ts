import type { Layer, Shape } from '../../network/layer.js';
import type { Network, Weight, WeightName } from '../../network/network.js';
import { inferShapes } from '../../network/shapes.js';
import { weightShapes } from '../../network/weights.js';
import type { Random } from '../../random.js';
import { createRandom } from '../../random-stream.js';
import type { Array4, Shape4 } from '../reference/array4.js';
import { nearestTie } from './near-ties.js';
import { linked, type Row } from './table.js';

/** A network with weights and an input to run it on. */
export interface NetworkCase {
  readonly name: string;
  readonly network: Network;
  readonly input: Array4;
}

/** How numbers are drawn: `integers` from −2 to 2 have many exact ties. */
export type Numbers = 'normal' | 'integers' | 'constant' | 'negative';

interface CaseOptions {
  /** Pictures. Default: 2. */
  readonly batch?: number;
  readonly input?: Numbers;
  readonly weights?: 'normal' | 'integers';
  /** Whether numbers other than zero may be exactly equal. Default: for integers and constants. */
  readonly ties?: boolean;
  /** Leaves height and width of the network's input open. */
  readonly anySize?: boolean;
}

const draw: Readonly<Record<Numbers, (random: Random) => number>> = {
  normal: (random) => random.normal(),
  integers: (random) => random.integer(-2, 2),
  constant: () => 1,
  negative: (random) => -0.5 - random.uniform(),
};

/** Numbers that single precision holds exactly. */
export const drawn = (shape: Shape4, random: Random, numbers: Numbers = 'normal'): Array4 => ({
  shape,
  data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => Math.fround(draw[numbers](random))),
});

function drawWeight(parameter: string, shape: readonly number[], random: Random, numbers: 'normal' | 'integers'): Weight {
  const size = shape.reduce((a, b) => a * b, 1);
  const fanIn = parameter === 'kernel' ? size / (shape.at(-1) ?? 1) : 4;
  const value = () => {
    if (numbers === 'integers') return random.integer(-2, 2);
    if (parameter === 'variance') return 0.2 + random.uniform();
    return random.normal() / Math.sqrt(fanIn);
  };
  return { shape, data: Float32Array.from({ length: size }, value) };
}

/** Random weights for every layer of a network that is fed this shape. */
export function withRandomWeights(network: Network, input: Shape, random: Random, numbers: 'normal' | 'integers' = 'normal'): Network {
  const shapes = inferShapes(network, input);
  const weights = new Map<WeightName, Weight>();
  const add = (layer: Layer) => {
    const shape = shapes.get(layer.inputs[0] ?? '');
    if (!shape || layer.weightsOf !== undefined) return;
    for (const [parameter, size] of weightShapes(layer, shape)) {
      const name = `${layer.name}/${parameter}`;
      weights.set(name, drawWeight(parameter, size, random.fork(name), numbers));
    }
  };
  network.layers.forEach(add);
  return { ...network, weights };
}

const MARGIN = 3e-5;

/** A case whose random numbers stay clear of kinks and near ties, so that single precision takes the same branches as double. */
export function networkCase(name: string, shape: Shape, rows: readonly Row[], options: CaseOptions = {}): NetworkCase {
  const layers = linked('input', rows);
  const inputShape = options.anySize ? ([null, null, shape[2]] as const) : shape;
  const bare: Network = { input: { name: 'input', shape: inputShape }, layers, outputs: [layers.at(-1)?.name ?? ''], weights: new Map() };
  const allowTies = options.ties ?? (options.input === 'integers' || options.input === 'constant');
  for (let attempt = 0; attempt < 100; attempt++) {
    const random = createRandom(`${name} ${attempt}`);
    const network = withRandomWeights(bare, shape, random, options.weights);
    const input = drawn([options.batch ?? 2, ...shape], random.fork('input'), options.input);
    if (nearestTie(network, input, allowTies) > MARGIN) return { name, network, input };
  }
  throw new Error(`conformance: no numbers without near ties were found for "${name}"`);
}

/** The same network on another input, clear of near ties. */
export function fed(item: NetworkCase, pictures: number, size: Shape, network: Network = item.network): NetworkCase {
  for (let attempt = 0; attempt < 100; attempt++) {
    const input = drawn([pictures, ...size], createRandom(`${size.join('×')} ${attempt}`));
    if (nearestTie(network, input) > MARGIN) return { name: size.join('×'), network, input };
  }
  throw new Error('conformance: no input without near ties was found');
}
