import {
  createModel,
  createRandom,
  type Executor,
  initializeWeights,
  type Layer,
  type LayerName,
  type Model,
  type Network,
  type Shape,
  type Weights,
} from '@featurescope/core';
import { referenceExecutor } from '@featurescope/core/testing';

const margin = (size: number) => ({ top: size, left: size, bottom: size, right: size });

type Rest<L extends Layer> = Partial<Omit<L, 'kind'>>;
type Of<K extends Layer['kind']> = Extract<Layer, { readonly kind: K }>;

/** A layer that follows the one before it unless it names its inputs. */
export type Row = { readonly kind: Layer['kind']; readonly name: LayerName; readonly inputs?: readonly LayerName[] };

export const conv = (name: LayerName, size: readonly [number, number], filters: number, around = 0, rest: Rest<Of<'conv'>> = {}): Row => ({
  kind: 'conv',
  name,
  kernelSize: size,
  filters,
  stride: [1, 1],
  dilation: [1, 1],
  padding: margin(around),
  groups: 1,
  bias: true,
  ...rest,
});

export const maxPool = (name: LayerName, size: number, stride: number, ceilMode = false, around = 0): Row =>
  ({ kind: 'maxPool', name, size: [size, size], stride: [stride, stride], padding: margin(around), ceilMode }) as Row;

export const dense = (name: LayerName, units: number, rest: Rest<Of<'dense'>> = {}): Row =>
  ({ kind: 'dense', name, units, bias: true, inputOrder: 'chw', ...rest }) as Row;

export const lrn = (name: LayerName): Row => ({ kind: 'lrn', name, size: 3, alpha: 0.5, beta: 0.75, bias: 2 }) as Row;

export const plain = (
  kind: 'relu' | 'tanh' | 'sigmoid' | 'globalAvgPool' | 'softmax' | 'concat' | 'add',
  name: LayerName,
  rest: object = {},
): Row => ({
  kind,
  name,
  ...rest,
});

/** Layers one after the other, from the input `input`; without weights. */
export function networkOf(channels: number, rows: readonly Row[], weights: Weights = new Map()): Network {
  let before = 'input';
  const layers = rows.map((row) => {
    const layer = { inputs: [before], ...row } as unknown as Layer;
    before = layer.name;
    return layer;
  });
  return { input: { name: 'input', shape: [null, null, channels] }, layers, outputs: [before], weights };
}

/** The network with random weights, as a model that takes arrays of this shape; `fixedSize` as it is after an import of dense layers. */
export function modelOf(
  network: Network,
  shape: Shape,
  { executor = referenceExecutor, fixedSize = false, seed = 1 }: ModelOptions = {},
): Promise<Model> {
  const drawn = () => initializeWeights(network, shape, { kernel: 'he', deviation: 0.1, bias: 0.1 }, createRandom(seed));
  const weights = network.weights.size > 0 ? network.weights : drawn();
  const ofOneSize = network.layers.some(({ kind }) => kind === 'dense') && !network.layers.some(({ kind }) => kind === 'globalAvgPool');
  const input = { size: [shape[0], shape[1]], channels: shape[2], fixedSize } as const;
  return createModel({
    name: 'test',
    network: { ...network, input: { name: 'input', shape: ofOneSize ? shape : network.input.shape }, weights },
    input,
    executor,
  });
}

interface ModelOptions {
  readonly executor?: Executor;
  readonly fixedSize?: boolean;
  readonly seed?: number;
}
