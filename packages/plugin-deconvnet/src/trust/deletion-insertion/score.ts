import type { LayerName, Model, Target } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { activationOf } from '../../backward/activation-of.js';

/** Where the score that is followed is found. */
export interface Score {
  readonly layer: LayerName;
  readonly unit: number;
  readonly at: readonly [y: number, x: number];
  /** The layer gives logits, of which the probability is wanted. */
  readonly softmax: boolean;
  readonly name: 'probability' | 'logit' | 'activation';
}

/** The score of a target: of a class its probability or its logit, whichever of them the attribution was of. */
export function scoreOf(model: Model, { layer, unit, at }: Pick<Target, 'layer' | 'unit' | 'at'>, wanted: 'probability' | 'logit'): Score {
  const where = { unit, at };
  if (layer.name !== model.logits && layer.name !== model.probabilities)
    return { ...where, layer: layer.name, softmax: false, name: 'activation' };
  if (wanted === 'logit') return { ...where, layer: model.logits, softmax: false, name: 'logit' };
  const { probabilities } = model;
  return { ...where, layer: probabilities ?? model.logits, softmax: probabilities === undefined, name: 'probability' };
}

/** The score of each picture of a batch [N, H, W, C]. */
export async function scoresOf(model: Model, batch: Tensor4D, { layer, unit, at: [y, x], softmax }: Score): Promise<readonly number[]> {
  const activations = await model.activations(batch, [layer]);
  let scores: tf.Tensor;
  try {
    const map = activationOf(activations, layer);
    const [count, , , channels] = map.shape;
    scores = tf.tidy(() => {
      const place = tf.reshape(tf.slice(map, [0, y, x, 0], [count, 1, 1, channels]), [count, channels]);
      return tf.slice(softmax ? tf.softmax(place) : place, [0, unit], [count, 1]);
    });
  } finally {
    tf.dispose([...activations.values()]);
  }
  return Array.from(await scores.data().finally(() => scores.dispose()));
}
