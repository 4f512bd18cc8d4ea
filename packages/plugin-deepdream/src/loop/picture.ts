import { type Image, type InputSpec, type Shape, toImage } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';

/** The 8-bit picture of a tensor [1, H, W, C] in input units. */
export const pictureOf = async (tensor: Tensor4D, spec: InputSpec): Promise<Image> => {
  const [, height, width, channels] = tensor.shape;
  const shape: Shape = [height, width, channels];
  return toImage(await tensor.data(), shape, spec);
};
