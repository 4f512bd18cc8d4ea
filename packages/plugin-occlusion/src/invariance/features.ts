import type { LayerName, Model } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** What a network makes of some pictures. */
export interface Features {
  /** Of each layer, picture after picture. */
  readonly layers: readonly Float32Array[];
  /** Of each class, picture after picture; the mean over positions where the class scores are a map. */
  readonly probabilities: Float32Array;
}

/** Features and probabilities of a batch [N, H, W, C]. */
export async function featuresOf(model: Model, batch: Tensor4D, layers: readonly LayerName[]): Promise<Features> {
  const scores = model.probabilities ?? model.logits;
  const activations = await model.activations(batch, [...new Set([...layers, scores])]);
  const of = (layer: LayerName): Tensor4D => activations.get(layer) as Tensor4D;
  try {
    const probabilities = tf.tidy(() => tf.mean(model.probabilities === undefined ? tf.softmax(of(scores)) : of(scores), [1, 2]));
    try {
      return {
        layers: await Promise.all(layers.map(async (layer) => (await of(layer).data()) as Float32Array)),
        probabilities: (await probabilities.data()) as Float32Array,
      };
    } finally {
      probabilities.dispose();
    }
  } finally {
    tf.dispose([...activations.values()]);
  }
}

/** Euclidean distance of features from those at a place of others. */
export function distance(features: Float32Array, others: Float32Array, picture: number): number {
  let sum = 0;
  const from = picture * features.length;
  for (let i = 0; i < features.length; i++) sum += ((features[i] ?? 0) - (others[from + i] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
