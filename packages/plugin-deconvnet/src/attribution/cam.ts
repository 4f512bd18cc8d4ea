import {
  ancestors,
  GRADIENT,
  inferShapes,
  type LayerName,
  type Model,
  type Shape,
  strongestUnit,
  type TargetReference,
  targetMap,
  type Unit,
} from '@featurescope/core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { doesNotFeed, noConvolutionalMap } from '../errors.js';

/**
 * Σ_k α_k A^k with α_k the mean over positions of ∂f/∂A^k, and only its positive part if `relu` (Selvaraju et al. 2017, equations 1 and
 * 2); activations A and gradient [1, h, w, C] give a map [h, w]. Call in a `tidy`.
 */
export function classActivationMap(activations: Tensor4D, gradient: Tensor4D, relu: boolean): Tensor2D {
  const weights = tf.mean(gradient, [1, 2], true);
  const map: Tensor2D = tf.squeeze(tf.sum(tf.mul(activations, weights), 3), [0]);
  return relu ? tf.relu(map) : map;
}

/** A map [h, w] at another size, bilinear between the centres of its cells. Call in a `tidy`. */
export const upsampled = (map: Tensor2D, [height, width]: readonly [number, number]): Tensor2D =>
  tf.squeeze(tf.image.resizeBilinear(tf.reshape(map, [map.shape[0], map.shape[1], 1]) as tf.Tensor3D, [height, width], false, true), [2]);

/** The layer to weigh: the given one, which must feed the target, or the last map as large as that of the last convolution with one. */
export function mapLayer(
  model: Model,
  picture: Tensor4D,
  target: LayerName,
  given: string | number | undefined,
  visualizer: string,
): LayerName {
  const below = new Set(ancestors(model.network, [target]));
  below.delete(target);
  if (given !== undefined) {
    const { name } = model.layer(given);
    if (!below.has(name)) throw doesNotFeed(visualizer, name, target, [...below]);
    return name;
  }
  const [, height, width, channels] = picture.shape;
  const shapes = inferShapes(model.network, [height, width, channels], [target]);
  const sizeOf = (name: LayerName): string => (shapes.get(name) ?? []).slice(0, 2).join();
  const feeding = model.network.layers.filter(({ name }) => below.has(name));
  const convolution = feeding.findLast(({ kind, name }) => kind === 'conv' && sizeOf(name) !== '1,1');
  const last = convolution && feeding.findLast(({ name }) => sizeOf(name) === sizeOf(convolution.name));
  if (!last) throw noConvolutionalMap(visualizer, target);
  return last.name;
}

/** A class activation map of one target. */
export interface Cam {
  readonly unit: Unit;
  readonly value: number;
  /** [h, w]; the caller disposes it. */
  readonly map: Tensor2D;
}

/** Grad-CAM of a target at the activations of a layer on a picture [1, H, W, C]. */
export async function gradCamOf(model: Model, picture: Tensor4D, target: TargetReference, layer: LayerName, relu: boolean): Promise<Cam> {
  const scores = target.layer.name;
  const shape = targetMap(model, picture, target);
  const activations = await model.activations(picture, [layer, scores]);
  try {
    const { unit, at, value } = strongestUnit((await activations.get(scores)?.data()) ?? [], shape, target);
    const signal = oneAt(shape, unit, at);
    const gradient = await model.project(picture, scores, signal, GRADIENT, layer).finally(() => signal.dispose());
    const map = tf.tidy(() => classActivationMap(activations.get(layer) ?? gradient, gradient, relu));
    gradient.dispose();
    return { unit: { channel: unit, at }, value, map };
  } finally {
    tf.dispose([...activations.values()]);
  }
}

function oneAt([height, width, channels]: Shape, unit: number, [y, x]: readonly [number, number]): Tensor4D {
  const data = new Float32Array(height * width * channels);
  data[(y * width + x) * channels + unit] = 1;
  return tf.tensor4d(data, [1, height, width, channels]);
}
