import {
  cropImage,
  type Image,
  type ImageCodec,
  type Input,
  type InputSpec,
  resizePlan,
  toInputUnits,
  toTensor,
  type WantedSize,
} from '@featurescope/core';
import type { InputFile } from './input-loader.js';

/** A picture, decoded once to see that it is whole, and again whenever a tensor is wanted. @throws FeaturescopeError when it is no picture */
export const pictureInput = async ({ name, source, read }: InputFile, codec: ImageCodec): Promise<Input> => {
  const decode = async () => codec.decode(await read(), source);
  const { width, height } = await decode();
  const fitting = async (spec: InputSpec, size: WantedSize | undefined): Promise<Image> => {
    const image = await decode();
    const { resize, crop } = resizePlan([image.height, image.width], spec, size);
    const resized = await codec.resize(image, resize);
    return crop === undefined ? resized : cropImage(resized, crop);
  };
  return {
    name,
    source,
    raw: false,
    size: [height, width],
    tensor: async (spec, size) => toTensor(await fitting(spec, size), spec),
    async values(spec, size) {
      const image = await fitting(spec, size);
      return { shape: [1, image.height, image.width, spec.channels], data: toInputUnits(image, spec) };
    },
  };
};
