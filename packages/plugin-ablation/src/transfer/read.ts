import { inferShapes, type LayerName, type Model, type Rows, type RunContext } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { type Cells, writeCells } from './cells.js';
import type { FeatureLayer } from './layers.js';
import { inputShape, type Present } from './present.js';

/** A layer and how its map becomes a vector. */
export interface FeatureSource extends FeatureLayer {
  readonly cells: Cells;
}

/** The vectors of an item, one for each layer. */
export type Vectors = readonly Float32Array[];

/** Bytes of activations that the pictures of one pass may fill together. */
const BUDGET = 256 * 2 ** 20;

/** More in one pass are not faster, and a cancelled run would end later. */
const MOST = 32;

/** Pictures in one pass by memory: as many as the activations up to some layers leave room for. */
export function batchSizeFor(model: Pick<Model, 'network' | 'input'>, layers: readonly LayerName[]): number {
  const wanted = layers.filter((name) => name !== model.network.input.name);
  const shapes = inferShapes(model.network, inputShape(model), wanted);
  const floats = [...shapes.values()].reduce((sum, [height, width, channels]) => sum + height * width * channels, 0);
  return Math.min(Math.max(Math.floor(BUDGET / (4 * Math.max(floats, 1))), 1), MOST);
}

/** Reads the features of items that are not known yet, several in one pass, into `known`; yields how many are read. */
export async function* readFeatures(
  { model, signal }: Pick<RunContext, 'model' | 'signal'>,
  present: Present,
  sources: readonly FeatureSource[],
  items: readonly number[],
  known: Map<number, Vectors>,
): AsyncGenerator<number> {
  const missing = [...new Set(items)].filter((item) => !known.has(item)).sort((a, b) => a - b);
  const size = batchSizeFor(
    model,
    sources.map(({ name }) => name),
  );
  for (let from = 0; from < missing.length; from += size) {
    signal.throwIfAborted();
    const part = missing.slice(from, from + size);
    const vectors = await vectorsOf(model, await Promise.all(part.map(present)), sources);
    for (const [i, item] of part.entries()) known.set(item, vectors[i] ?? []);
    yield part.length;
  }
}

async function vectorsOf(model: Model, pictures: readonly Float32Array[], sources: readonly FeatureSource[]): Promise<readonly Vectors[]> {
  const batch = stacked(pictures, model);
  const names = sources.map(({ name }) => name);
  const found = await model.activations(batch, names).finally(() => batch.dispose());
  try {
    const maps = await Promise.all(names.map(async (name) => (await found.get(name)?.data<'float32'>()) ?? new Float32Array()));
    return pictures.map((_, i) =>
      sources.map(({ shape, cells }, layer) => {
        const length = shape[0] * shape[1] * shape[2];
        const vector = new Float32Array(cells.length);
        writeCells((maps[layer] ?? new Float32Array()).subarray(i * length, (i + 1) * length), shape, cells, vector);
        return vector;
      }),
    );
  } finally {
    tf.dispose([...found.values()]);
  }
}

/** Pictures as one tensor [N, H, W, C]; the caller disposes it. */
export function stacked(pictures: readonly Float32Array[], model: Pick<Model, 'input'>): tf.Tensor4D {
  const [height, width, channels] = inputShape(model);
  const data = new Float32Array(pictures.length * height * width * channels);
  for (const [i, picture] of pictures.entries()) data.set(picture, i * height * width * channels);
  return tf.tensor4d(data, [pictures.length, height, width, channels]);
}

/** Features of items at one layer, one row each. */
export function rowsOf(known: ReadonlyMap<number, Vectors>, items: readonly number[], layer: number, columns: number): Rows {
  const data = new Float32Array(items.length * columns);
  for (const [i, item] of items.entries()) data.set(known.get(item)?.[layer] ?? [], i * columns);
  return { columns, data };
}
