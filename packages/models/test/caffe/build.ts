import { isFeaturescopeError, type Network } from '@featurescope/core';
import { encodeCaffeModel } from '../../src/caffe/encode.js';
import type { BlobProto, LayerParameter } from '../../src/caffe/messages.js';
import { fromFloats } from '../../src/caffe/packed-numbers.js';
import type { FoundNetwork } from '../../src/loader/format.js';
import { readFrom, utf8 } from './caffe-files.js';

const ramp = (count: number): Float32Array => Float32Array.from({ length: count }, (_, i) => ((i * 7) % 11) / 10 - 0.5);

/** A weight whose values are given, or run from −0.5 to 0.5 over and over. */
export const blob = (
  shape: readonly number[],
  values: ArrayLike<number> = ramp(shape.reduce((product, size) => product * size, 1)),
): BlobProto => ({ shape: { dim: shape }, data: fromFloats(Float32Array.from(values)) });

/** Weights by layer. */
export type Blobs = Readonly<Record<string, readonly BlobProto[]>>;

export const caffemodel = (weights: Blobs): Uint8Array =>
  encodeCaffeModel({ layer: Object.entries(weights).map(([name, blobs]): LayerParameter => ({ name, blobs })) });

export const INPUT = 'input: "data" input_shape { dim: 1 dim: 2 dim: 5 dim: 5 }\n';

/** A layer that takes the blob `from` and gives a blob of its own name. */
export const layer = (name: string, type: string, from: string, parameters = ''): string =>
  `layer { name: "${name}" type: "${type}" bottom: "${from}" top: "${name}" ${parameters} }\n`;

/** Reads a network whose files are made of this text and these weights. */
export const read = (text: string, weights: Blobs = {}, size?: readonly [number, number]): Promise<FoundNetwork> =>
  readFrom(
    new Map([
      ['net.prototxt', utf8(text)],
      ['net.caffemodel', caffemodel(weights)],
    ]),
    'net.prototxt',
    size,
  );

/** What a user would see; anything but a clear error is thrown on. */
export const attempt = async (found: Promise<FoundNetwork>): Promise<Network | string> => {
  try {
    return (await found).network;
  } catch (error) {
    if (isFeaturescopeError(error)) return error.message;
    throw error;
  }
};
