import { GRADIENT, type LayerName, type Model, strongestUnit, type TargetReference, type Unit } from '@featurescope/core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { activationOf } from '../backward/activation-of.js';
import { locate } from '../backward/locate.js';
import { oneHots } from '../backward/signal.js';

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

/** A class activation map of one target. */
export interface Cam {
  readonly unit: Unit;
  readonly value: number;
  /** The map as the layer has it, of `size` [h, w]. */
  readonly coarse: Float32Array;
  readonly size: readonly [height: number, width: number];
  /** The map at the size of the picture, [H, W]. */
  readonly full: Float32Array;
}

export interface CamRequest {
  readonly target: TargetReference;
  /** The layer whose maps are weighed. */
  readonly layer: LayerName;
  readonly relu: boolean;
  readonly abort: AbortSignal;
}

/**
 * Grad-CAM of a target on a picture [1, H, W, C]: one pass down to the layer, after a forward pass only where the strongest position of
 * a map of scores has to be looked for.
 */
export async function gradCamOf(model: Model, picture: Tensor4D, { target, layer, relu, abort }: CamRequest): Promise<Cam> {
  abort.throwIfAborted();
  const [start = 'strongest'] = await locate(model, picture, [target], { wholeMap: false, onePass: true });
  const scores = target.layer.name;
  const classes = start === 'strongest' ? oneHots(target.layer.outputShape[2]) : undefined;
  try {
    const selection = classes ? { form: { match: classes } } : { form: 'sum' as const, units: start === 'strongest' ? [] : [start] };
    const request = { input: picture, seeds: [{ layer: scores, weight: 1, ...selection }], policy: GRADIENT, signal: abort };
    const { gradient, activations, values } = await model.compiled.gradient({ ...request, wanted: [layer, scores] }, layer);
    try {
      const maps = await mapsOf(activationOf(activations, layer), gradient, relu, [picture.shape[1], picture.shape[2]]);
      const unit = start === 'strongest' ? await strongestOf(activationOf(activations, scores)) : start;
      return { unit, value: values[0]?.[0] ?? Number.NaN, ...maps };
    } finally {
      tf.dispose([gradient, ...activations.values()]);
    }
  } finally {
    classes?.dispose();
  }
}

type Maps = Pick<Cam, 'coarse' | 'size' | 'full'>;

async function mapsOf(activations: Tensor4D, gradient: Tensor4D, relu: boolean, picture: readonly [number, number]): Promise<Maps> {
  const [map, large] = tf.tidy(() => {
    const coarse = classActivationMap(activations, gradient, relu);
    return [coarse, upsampled(coarse, picture)] as const;
  });
  try {
    return { coarse: await map.data<'float32'>(), size: map.shape, full: await large.data<'float32'>() };
  } finally {
    tf.dispose([map, large]);
  }
}

/** The strongest channel of a layer of one position, [1, 1, 1, C]. */
async function strongestOf(scores: Tensor4D): Promise<Unit> {
  const { unit, at } = strongestUnit(await scores.data(), [1, 1, scores.shape[3]]);
  return { channel: unit, at };
}
