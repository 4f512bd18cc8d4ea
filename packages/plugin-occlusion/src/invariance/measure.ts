import type { LayerName, Model, Shape } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { distance, type Features, featuresOf } from './features.js';
import type { Measured } from './results.js';
import { isIdentity, type Transformation, transformed } from './transform.js';

/** A picture [H, W, C] in the network's input units, and what lies around it. */
export interface Original {
  readonly values: Float32Array;
  readonly shape: Shape;
  readonly fill: readonly number[];
}

export interface MeasureRequest {
  readonly layers: readonly LayerName[];
  readonly transformations: readonly Transformation[];
  /** Left out: the most probable one of the original. */
  readonly class?: number;
  /** Most changed pictures in one pass. */
  readonly batchSize: number;
  readonly abort: AbortSignal;
}

/** How far features move from those of the original, and the probability of its class, for the transformations in their order, a batch at a time. */
export async function* measurements(
  model: Model,
  original: Original,
  { layers, transformations, class: wanted, batchSize, abort }: MeasureRequest,
): AsyncGenerator<{ readonly class: number; readonly measured: readonly Measured[] }> {
  const [features] = await looked(model, original, layers, [undefined]);
  const chosen = wanted ?? strongest(features.probabilities);
  for (let first = 0; first < transformations.length; first += batchSize) {
    abort.throwIfAborted();
    const part = transformations.slice(first, first + batchSize);
    // The original itself is not looked at again: passes of other batches differ by rounding.
    const changing = part.filter((transformation) => !isIdentity(transformation));
    const [seen, classes] = await looked(model, original, layers, changing);
    let place = 0;
    const measured = part.map((transformation): Measured => {
      if (isIdentity(transformation))
        return { ...transformation, distances: layers.map(() => 0), probability: features.probabilities[chosen] ?? 0 };
      const at = place++;
      return {
        ...transformation,
        distances: layers.map((_, l) => distance(features.layers[l] ?? new Float32Array(), seen.layers[l] ?? new Float32Array(), at)),
        probability: seen.probabilities[at * classes + chosen] ?? 0,
      };
    });
    yield { class: chosen, measured };
  }
}

const NOTHING: Features = { layers: [], probabilities: new Float32Array() };

/** Features of changed pictures, undefined for the original, and the number of classes. */
async function looked(
  model: Model,
  { values, shape, fill }: Original,
  layers: readonly LayerName[],
  changes: readonly (Transformation | undefined)[],
): Promise<readonly [Features, classes: number]> {
  if (changes.length === 0) return [NOTHING, 0];
  const data = new Float32Array(changes.length * values.length);
  for (const [i, change] of changes.entries()) data.set(change ? transformed(values, shape, change, fill) : values, i * values.length);
  const batch = tf.tensor4d(data, [changes.length, ...shape]);
  const features = await featuresOf(model, batch, layers).finally(() => batch.dispose());
  return [features, features.probabilities.length / changes.length];
}

/** The first of the largest. */
const strongest = (values: Float32Array): number => values.reduce((best, value, i) => (value > (values[best] ?? 0) ? i : best), 0);
