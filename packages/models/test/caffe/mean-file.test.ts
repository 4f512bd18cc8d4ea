import protobuf from 'protobufjs/minimal.js';
import { describe, expect, it } from 'vitest';
import type { FoundNetwork } from '../../src/loader/format.js';
import { caffemodel, layer } from './build.js';
import { readFrom, utf8 } from './caffe-files.js';

/** A blob as Caffe's `compute_image_mean` writes it: num, channels, height and width, and the numbers, channel by channel. */
const binaryproto = (channels: number, height: number, width: number, values: readonly number[]): Uint8Array => {
  const writer = new protobuf.Writer();
  for (const [i, size] of [1, channels, height, width].entries()) writer.uint32(((i + 1) << 3) | 0).int32(size);
  writer.uint32((5 << 3) | 2).fork();
  for (const value of values) writer.float(value);
  return writer.ldelim().finish();
};

const MEAN = binaryproto(3, 2, 2, [100, 102, 104, 106, 115, 115, 117, 117, 120, 122, 124, 126]);
const NAMED = 'mean_file: "data/ilsvrc12/mean.binaryproto"';

const reading = (transform: string, beside: Readonly<Record<string, Uint8Array>> = {}): Promise<FoundNetwork> =>
  readFrom(
    new Map([
      ['net.prototxt', utf8(`input: "data" input_dim: [1, 3, 5, 5]\n${layer('r', 'ReLU', 'data', `transform_param { ${transform} }`)}`)],
      ['net.caffemodel', caffemodel({})],
      ...Object.entries(beside),
    ]),
    'net.prototxt',
  );

describe('the mean picture of a Caffe network', () => {
  it('is averaged over its positions, by channels of Caffe’s order', async () => {
    const { preprocessing } = await reading(`${NAMED} scale: 0.5`, { 'mean.binaryproto': MEAN });
    expect(preprocessing).toEqual({ channelOrder: 'bgr', scale: 0.5, mean: [51.5, 58, 61.5], std: [1, 1, 1] });
  });

  it('is found by its name, wherever it lay on the machine of the training', async () => {
    const windows = await reading('mean_file: "C:\\\\caffe\\\\mean.binaryproto"', { 'mean.binaryproto': MEAN });
    expect(windows.preprocessing?.mean).toEqual([103, 116, 123]);
  });

  it('is asked for where it is missing, unless pictures are described beside the network', async () => {
    await expect(reading(NAMED)).rejects.toThrow(
      'net.prototxt subtracts the mean picture "data/ilsvrc12/mean.binaryproto", but there is no mean.binaryproto beside it. Put it into the same folder, or state the mean in a preprocessing.json there.',
    );
    const described = await reading(NAMED, { 'preprocessing.json': utf8('{}') });
    expect(described.preprocessing).toBeUndefined();
  });

  it('is refused when it is none', async () => {
    const refused = (bytes: Uint8Array) => expect(reading(NAMED, { 'mean.binaryproto': bytes })).rejects;
    await refused(utf8('no mean')).toThrow('mean.binaryproto cannot be read as a Caffe model');
    await refused(binaryproto(3, 1, 1, [1, 2])).toThrow('mean.binaryproto is not a mean picture of Caffe: it has 2 numbers for 3 channels');
    await refused(binaryproto(1, 1, 1, [Number.NaN])).toThrow('its mean is not a number');
    await refused(new Uint8Array()).toThrow('it has 0 numbers for 0 channels');
  });
});
