import type { NetworkInput } from '@featurescope/core';
import { z } from 'zod';
import { chain } from './chain.js';
import { type ArchitectureFunction, defineArchitecture } from './define-architecture.js';
import { conv, type LooseLayer, lrn, maxPool, relu, softmax } from './layers.js';
import { channels, classes, scaled, width } from './options.js';

/** One more row and column at the end, as MatConvNet has it where Caffe rounds up. */
const atEnd = { top: 0, left: 0, bottom: 1, right: 1 };

type Filters = (number: number) => number;

/** What differs: layers 1 and 2 up to their pools, and the maps of the layers 3 to 5. */
interface Variant {
  readonly name: string;
  readonly summary: string;
  readonly first: (filters: Filters) => readonly LooseLayer[];
  readonly maps: number;
}

const schema = z.strictObject({ classes: classes(1000), channels: channels(3), width: width() });

const vgg = ({ name, summary, first, maps }: Variant): ArchitectureFunction<typeof schema> =>
  defineArchitecture({
    name,
    summary,
    options: schema,
    network: (options) => {
      const filters: Filters = (number) => scaled(number, options.width);
      const input: NetworkInput = { name: 'input', shape: [null, null, options.channels] };
      return chain(input, [
        ...first(filters),
        ...[3, 4, 5].flatMap((i) => [conv(`conv${i}`, 3, filters(maps), { padding: 1 }), relu(`relu${i}`)]),
        maxPool('pool5', 3, { stride: 2 }),
        conv('fc6', 6, filters(4096)),
        relu('relu6'),
        conv('fc7', 1, filters(4096)),
        relu('relu7'),
        conv('fc8', 1, options.classes),
        softmax('prob'),
      ]);
    },
  });

/**
 * Chatfield, Simonyan, Vedaldi and Zisserman, BMVC 2014, CNN-F, with MatConvNet's names and padding; the dense layers are convolutions and
 * there is no dropout (21 layers).
 */
export const vggF = vgg({
  name: 'vggF',
  summary: 'VGG-F: eight layers, the fast network of "Return of the Devil" (11×11 with stride 4)',
  maps: 256,
  first: (filters) => [
    conv('conv1', 11, filters(64), { stride: 4 }),
    relu('relu1'),
    lrn('norm1'),
    maxPool('pool1', 3, { stride: 2, padding: atEnd }),
    conv('conv2', 5, filters(256), { padding: 2 }),
    relu('relu2'),
    lrn('norm2'),
    maxPool('pool2', 3, { stride: 2 }),
  ],
});

/** CNN-M of the same paper: the first layers of ZFNet, normalised before the pools, and twice the maps of CNN-F above them. */
export const vggM = vgg({
  name: 'vggM',
  summary: 'VGG-M: eight layers, the medium network of "Return of the Devil" (7×7 with stride 2)',
  maps: 512,
  first: (filters) => [
    conv('conv1', 7, filters(96), { stride: 2 }),
    relu('relu1'),
    lrn('norm1'),
    maxPool('pool1', 3, { stride: 2 }),
    conv('conv2', 5, filters(256), { stride: 2, padding: 1 }),
    relu('relu2'),
    lrn('norm2'),
    maxPool('pool2', 3, { stride: 2, padding: atEnd }),
  ],
});
