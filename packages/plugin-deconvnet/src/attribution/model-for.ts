import type { Model } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';

/**
 * The model to run on a picture [N, H, W, C]: one of fixed size that is given another size looks at it with its dense layers as
 * convolutions, in their own flatten order. @throws FeaturescopeError naming a layer that cannot be applied at several places
 */
export async function modelFor(model: Model, { shape: [, height, width] }: Tensor4D): Promise<Model> {
  const { fixedSize, size } = model.input;
  return fixedSize && (height !== size[0] || width !== size[1]) ? model.convolutional() : model;
}
