import { cropImage, type ImageCodec, type Input, resizePlan, toTensor } from '@featurescope/core';
import type { InputFile } from './input-loader.js';

/** A picture, decoded once to see that it is whole, and again whenever a tensor is wanted. @throws FeaturescopeError when it is no picture */
export const pictureInput = async ({ name, source, read }: InputFile, codec: ImageCodec): Promise<Input> => {
  const decode = async () => codec.decode(await read(), source);
  const { width, height } = await decode();
  return {
    name,
    source,
    raw: false,
    size: [height, width],
    async tensor(spec, size) {
      const image = await decode();
      const { resize, crop } = resizePlan([image.height, image.width], spec, size);
      const resized = await codec.resize(image, resize);
      return toTensor(crop === undefined ? resized : cropImage(resized, crop), spec);
    },
  };
};
