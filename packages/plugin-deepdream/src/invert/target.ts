import type { Input, LayerName, Model } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { type Canvas, readAll } from '../loop/canvas.js';
import { canvasOf, wantedSize } from '../loop/start.js';
import { nothingToInvert } from './errors.js';
import { central, type Target } from './loss.js';
import { NAME } from './name.js';
import type { InvertOptions } from './options.js';

/** ‖Φ0‖² below which a layer counts as dead: nothing can be divided by it. */
const DEAD = 1e-12;

/** The picture or array to invert, in input units: at the size of the network unless another is asked for, arrays as they are. */
export async function wantedPicture(input: Input, { input: spec }: Pick<Model, 'input'>, options: InvertOptions): Promise<Canvas> {
  const sized = options.size !== undefined || options.longSide !== undefined;
  return canvasOf(input, spec, sized && !input.raw ? wantedSize(options, input.size, NAME) : 'model');
}

/** Φ of a picture; the caller disposes it. */
export async function activationOf(model: Model, canvas: Canvas, layer: LayerName): Promise<tf.Tensor4D> {
  const image = readAll(canvas);
  try {
    const activations = await model.activations(image, [layer]);
    const found = activations.get(layer);
    if (!found) throw new Error(`the model gave no activation of ${layer}`);
    return found;
  } finally {
    image.dispose();
  }
}

/** Φ0, which is to be found again; the caller disposes its activation. @throws FeaturescopeError when it is 0 throughout */
export async function targetOf(
  model: Model,
  wanted: Canvas,
  layer: LayerName,
  { neighbourhood }: InvertOptions,
  name: string,
): Promise<Target> {
  const activation = await activationOf(model, wanted, layer);
  try {
    if (!((await energyOf(activation, neighbourhood)) > DEAD)) throw nothingToInvert(layer, name, neighbourhood);
    return { layer, activation, ...(neighbourhood !== undefined && { neighbourhood }) };
  } catch (error) {
    activation.dispose();
    throw error;
  }
}

/** ‖Φ‖², over the middle alone where a neighbourhood is given. */
async function energyOf(activation: tf.Tensor4D, neighbourhood: number | undefined): Promise<number> {
  const energy = tf.tidy(() => tf.sum(tf.square(neighbourhood === undefined ? activation : central(activation, neighbourhood))));
  try {
    return (await energy.data())[0] ?? 0;
  } finally {
    energy.dispose();
  }
}
