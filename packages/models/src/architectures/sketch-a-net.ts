import { z } from 'zod';
import { chain } from './chain.js';
import { defineArchitecture } from './define-architecture.js';
import { unevenScales } from './errors.js';
import { conv, dropout, type LooseLayer, maxPool, relu, softmax } from './layers.js';
import { channels, classes, inputSize, scaled, width } from './options.js';

/** Side of the map below the first dense layer: 7 for pictures of 225 pixels. */
function mapSize(inputSize: number): number {
  const after = (size: number, kernel: number, stride: number): number => Math.floor((size - kernel) / stride) + 1;
  const pooled = (size: number): number => after(size, 3, 2);
  return pooled(pooled(after(pooled(after(inputSize, 15, 3)), 5, 1)));
}

const options = {
  classes: classes(250),
  channels: channels(6),
  inputSize: inputSize(225, 81),
  width: width(),
  dropout: z.number().min(0).max(0.95).default(0.5).describe('Rate of dropout after the first two dense layers'),
};

type Options = z.output<z.ZodObject<typeof options>>;

/** All layers below the class scores, of `groups` networks side by side: each sees channels of its own. */
function body({ inputSize, width, dropout: rate }: Options, groups: number): readonly LooseLayer[] {
  const filters = (number: number) => groups * scaled(number, width);
  const pool = (name: string) => maxPool(name, 3, { stride: 2 });
  return [
    conv('conv1', 15, filters(64), { stride: 3, groups }),
    relu('relu1'),
    pool('pool1'),
    conv('conv2', 5, filters(128), { groups }),
    relu('relu2'),
    pool('pool2'),
    conv('conv3', 3, filters(256), { padding: 1, groups }),
    relu('relu3'),
    conv('conv4', 3, filters(256), { padding: 1, groups }),
    relu('relu4'),
    conv('conv5', 3, filters(256), { padding: 1, groups }),
    relu('relu5'),
    pool('pool5'),
    conv('conv6', mapSize(inputSize), filters(512), { groups }),
    relu('relu6'),
    dropout('drop6', rate),
    conv('conv7', 1, filters(512), { groups }),
    relu('relu7'),
    dropout('drop7', rate),
  ];
}

/** Yu et al., BMVC 2015: large first filters, overlapping pools, no normalisation; one input channel, or six for stroke order. */
export const sketchANet = defineArchitecture({
  name: 'sketchANet',
  summary: 'Sketch-a-Net: 15×15 first filters and overlapping pools for sketches',
  options: z.strictObject(options),
  network: (options) =>
    chain({ name: 'input', shape: [options.inputSize, options.inputSize, options.channels] }, [
      ...body(options, 1),
      conv('conv8', 1, options.classes),
      softmax('prob'),
    ]),
});

/**
 * Several Sketch-a-Nets side by side, one for each scale, joined by two more dense layers on their 512 features each: the joint training among
 * the ways of fusion. The channels of the input are those of the first network, then those of the second, and so on.
 */
export const sketchANetFused = defineArchitecture({
  name: 'sketchANetFused',
  summary: 'Sketch-a-Nets of several scales side by side, with joint dense layers',
  options: z.strictObject({
    ...options,
    channels: channels(24).describe('Channels of the input: those of one network times the scales'),
    scales: z.int().min(1).max(16).default(4).describe('Networks side by side'),
  }),
  network: (options) => {
    if (options.channels % options.scales !== 0) throw unevenScales(options.channels, options.scales);
    return chain({ name: 'input', shape: [options.inputSize, options.inputSize, options.channels] }, [
      ...body(options, options.scales),
      conv('fuse1', 1, scaled(512, options.width)),
      relu('fuse1/relu'),
      dropout('fuse1/drop', options.dropout),
      conv('fuse2', 1, options.classes),
      softmax('prob'),
    ]);
  },
});
