import {
  type CompiledNetwork,
  createBatch,
  fillPlain,
  type Layer,
  type LayerName,
  type LayerOf,
  type Network,
  type TrainingExamples,
  weightOwner,
} from '@featurescope/core';
import { tensor4d } from '@tensorflow/tfjs-core';
import type { FirstLayer } from './census.js';

/** Pictures that pass at once. */
const AT_ONCE = 50;

/** Layers that a response passes one by one on its way to the ReLU. */
const PASSED: ReadonlySet<Layer['kind']> = new Set(['batchNorm', 'affine', 'identity', 'dropout']);

/** The ReLU behind a convolution, or the convolution itself where there is none. */
function activationOf({ layers }: Network, convolution: LayerName): LayerName {
  let at = convolution;
  for (;;) {
    const next = layers.find(({ inputs }) => inputs.length === 1 && inputs[0] === at);
    if (next?.kind === 'relu') return next.name;
    if (!next || !PASSED.has(next.kind)) return convolution;
    at = next.name;
  }
}

/** The first convolution of a trained network and how strongly its filters respond to these pictures; undefined where there is none. */
export async function firstLayerOf(
  compiled: CompiledNetwork,
  network: Network,
  pictures: TrainingExamples,
  signal: AbortSignal,
): Promise<FirstLayer | undefined> {
  const layer = network.layers.find((one): one is LayerOf<'conv'> => one.kind === 'conv');
  const weight = layer && network.weights.get(`${weightOwner(layer)}/kernel`);
  if (!layer || !weight) return undefined;
  const [height = 0, width = 0, channels = 0, filters = 0] = weight.shape;
  const strongest = await strongestResponses(compiled, activationOf(network, layer.name), filters, pictures, signal);
  return { layer: layer.name, shape: [height, width, channels], filters, kernel: new Float32Array(weight.data), strongest };
}

/** Largest magnitude of each channel of a layer over all pictures and positions. */
async function strongestResponses(
  compiled: CompiledNetwork,
  layer: LayerName,
  filters: number,
  pictures: TrainingExamples,
  signal: AbortSignal,
): Promise<Float32Array> {
  const strongest = new Float32Array(filters);
  const count = pictures.labels.length;
  const batch = createBatch(pictures, Math.min(AT_ONCE, count));
  const size = batch.labels.length;
  for (let from = 0; from < count; from += size) {
    signal.throwIfAborted();
    // The last batch is filled up with pictures that were seen before: a maximum does not mind.
    const start = Math.min(from, count - size);
    fillPlain(
      batch,
      pictures,
      Int32Array.from({ length: count }, (_, i) => i),
      start,
    );
    const input = tensor4d(batch.input, [size, pictures.height, pictures.width, pictures.channels]);
    const activations = await compiled.forward(input, [layer], { signal }).finally(() => input.dispose());
    const tensor = activations.get(layer);
    const values = tensor ? await tensor.data() : new Float32Array();
    for (let i = 0; i < values.length; i++) strongest[i % filters] = Math.max(strongest[i % filters] ?? 0, Math.abs(values[i] ?? 0));
    for (const activation of activations.values()) activation.dispose();
  }
  return strongest;
}
