import { decodeNpy, type Input, type InputSpec, type NpyArray } from '@featurescope/core';
import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { badRank, wrongChannels } from '../errors.js';
import type { InputFile } from './input-loader.js';

const readArray = async ({ read, source }: InputFile): Promise<NpyArray & { readonly shape: readonly [number, number, number] }> => {
  const { shape, data } = decodeNpy(await read(), source);
  const [height, width, channels = 1] = shape;
  if (shape.length > 3 || height === undefined || width === undefined) throw badRank(source, shape);
  return { shape: [height, width, channels], data };
};

/**
 * An array of shape [H, W, C], or [H, W] for one channel, that is fed to the network as it is.
 * @throws FeaturescopeError when it is malformed, empty, not finite or of another rank
 */
export const arrayInput = async (file: InputFile): Promise<Input> => {
  const { shape } = await readArray(file);
  const fitting = async (spec: InputSpec) => {
    const { shape, data } = await readArray(file);
    const [height, width, channels] = shape;
    if (channels !== spec.channels) throw wrongChannels(file.source, shape, spec.channels);
    return { shape: [1, height, width, channels] satisfies Tensor4D['shape'], data };
  };
  return {
    name: file.name,
    source: file.source,
    raw: true,
    size: [shape[0], shape[1]],
    tensor: async (spec) => {
      const { shape, data } = await fitting(spec);
      return tensor4d(data, shape);
    },
    values: fitting,
  };
};
