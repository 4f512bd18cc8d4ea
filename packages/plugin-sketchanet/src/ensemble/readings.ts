import type { Drawing, LayerName, Model, Rows, RunContext } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { batchSizeFor } from '../strokes/batch-size.js';
import { noFeatures } from './errors.js';
import { type Views, viewsOf } from './views.js';

/** What a network makes of drawings, one row for each view of each drawing: the views of a drawing follow each other. */
export interface Readings {
  readonly views: Views;
  /** Class scores before the softmax, [drawings · views, classes]. */
  readonly scores: Rows;
  /** Output of the layer below the class scores, [drawings · views, units]. */
  readonly features: Rows;
}

/** The layer whose output the class scores are computed from, dropout left out. @throws FeaturescopeError when its output is a map */
export function featureLayer({ name, network, layers, logits }: Pick<Model, 'name' | 'network' | 'layers' | 'logits'>): LayerName {
  const byName = new Map(network.layers.map((layer) => [layer.name, layer]));
  let layer = byName.get(logits)?.inputs[0];
  for (let below = byName.get(layer ?? ''); below?.kind === 'dropout' || below?.kind === 'identity'; below = byName.get(layer ?? ''))
    layer = below.inputs[0];
  const shape = layers.find((info) => info.name === layer)?.outputShape;
  if (layer === undefined || !shape || shape[0] * shape[1] !== 1) throw noFeatures(name, layer);
  return layer;
}

/** Shows drawings to a network, several at once; `onProgress` is told how many are done. */
export async function readDrawings(
  model: Model,
  drawings: readonly Drawing[],
  views: Views,
  signal: RunContext['signal'],
  onProgress?: (done: number) => void,
): Promise<Readings> {
  const [scores, features] = await readLayers(model, drawings, views, [model.logits, featureLayer(model)], signal, onProgress);
  const none: Rows = { columns: 0, data: new Float32Array() };
  return { views, scores: scores ?? none, features: features ?? none };
}

/** Outputs of layers, [drawings · views, channels] each; of a map the mean over its positions. */
export async function readLayers(
  model: Model,
  drawings: readonly Drawing[],
  views: Views,
  layers: readonly LayerName[],
  signal: RunContext['signal'],
  onProgress?: (done: number) => void,
): Promise<readonly Rows[]> {
  const batchSize = batchSizeFor(model, layers);
  const rows = layers.map((layer): Rows => {
    const columns = model.layers.find(({ name }) => name === layer)?.outputShape[2] ?? 0;
    return { columns, data: new Float32Array(drawings.length * views * columns) };
  });
  let [pending, done]: [Float32Array[], number] = [[], 0];
  const flush = async (): Promise<void> => {
    if (pending.length === 0) return;
    const found = await activationsOf(model, pending, layers);
    for (const [i, { columns, data }] of rows.entries()) data.set(found[i] ?? [], done * columns);
    done += pending.length;
    pending = [];
    onProgress?.(Math.floor(done / views));
  };
  for (const drawing of drawings)
    for (const view of viewsOf(drawing, model.input, views)) {
      signal.throwIfAborted();
      pending.push(view);
      if (pending.length === batchSize) await flush();
    }
  await flush();
  return rows;
}

async function activationsOf(
  { input, activations }: Model,
  pictures: readonly Float32Array[],
  layers: readonly LayerName[],
): Promise<readonly Float32Array[]> {
  const [height, width] = input.size;
  const data = new Float32Array(pictures.length * height * width * input.channels);
  for (const [i, picture] of pictures.entries()) data.set(picture, i * picture.length);
  const batch = tf.tensor4d(data, [pictures.length, height, width, input.channels]);
  const found = await activations(batch, layers).finally(() => batch.dispose());
  try {
    return await Promise.all(layers.map((layer) => channelMeans(found.get(layer))));
  } finally {
    tf.dispose([...found.values()]);
  }
}

/** [N, H, W, C] as [N, C]. */
async function channelMeans(tensor: tf.Tensor4D | undefined): Promise<Float32Array> {
  if (!tensor) return new Float32Array();
  const [count, height, width, channels] = tensor.shape;
  const data = await tensor.data<'float32'>();
  const positions = height * width;
  if (positions === 1) return new Float32Array(data);
  const means = new Float32Array(count * channels);
  for (let i = 0; i < data.length; i++) {
    const place = Math.floor(i / (positions * channels)) * channels + (i % channels);
    means[place] = (means[place] ?? 0) + (data[i] ?? 0) / positions;
  }
  return means;
}
