import { z } from 'zod';
import { chain } from './chain.js';
import { defineArchitecture } from './define-architecture.js';
import { caffeLrn, concat, conv, dense, dropout, from, globalAvgPool, type LooseLayer, maxPool, relu, softmax } from './layers.js';
import { channels, classes, scaled, width } from './options.js';

/** Filters of an inception module by its branches, as in Table 1 of the paper; a pair is a 1×1 reduction and what follows it. */
interface Inception {
  readonly one: number;
  readonly three: readonly [reduce: number, filters: number];
  readonly five: readonly [reduce: number, filters: number];
  readonly pool: number;
}

const row = (one: number, three: Inception['three'], five: Inception['five'], pool: number): Inception => ({ one, three, five, pool });

const TABLE = {
  '3a': row(64, [96, 128], [16, 32], 32),
  '3b': row(128, [128, 192], [32, 96], 64),
  '4a': row(192, [96, 208], [16, 48], 64),
  '4b': row(160, [112, 224], [24, 64], 64),
  '4c': row(128, [128, 256], [24, 64], 64),
  '4d': row(112, [144, 288], [32, 64], 64),
  '4e': row(256, [160, 320], [32, 128], 128),
  '5a': row(256, [160, 320], [32, 128], 128),
  '5b': row(384, [192, 384], [48, 128], 128),
} as const;

/** A module on the layer `entry`, with the layer names of Caffe's release. */
function inception(name: keyof typeof TABLE, entry: string, filters: (number: number) => number): readonly LooseLayer[] {
  const at = (layer: string) => `inception_${name}/${layer}`;
  const { one, three, five, pool } = TABLE[name];
  const step = (layer: string, size: number, number: number) => [
    conv(at(layer), size, filters(number), { padding: (size - 1) / 2 }),
    relu(at(`relu_${layer}`)),
  ];
  const branch = ([first, ...rest]: readonly LooseLayer[]) => (first ? [from(entry, first), ...rest] : []);
  return [
    ...branch(step('1x1', 1, one)),
    ...branch([...step('3x3_reduce', 1, three[0]), ...step('3x3', 3, three[1])]),
    ...branch([...step('5x5_reduce', 1, five[0]), ...step('5x5', 5, five[1])]),
    ...branch([maxPool(at('pool'), 3, { stride: 1, padding: 1 }), ...step('pool_proj', 1, pool)]),
    concat(
      at('output'),
      ['1x1', '3x3', '5x5', 'pool_proj'].map((layer) => at(`relu_${layer}`)),
    ),
  ];
}

/**
 * Szegedy et al., CVPR 2015, with the names, constants and rounding of Caffe's release and without the auxiliary classifiers, which are there
 * for training only. The last pool takes the mean of the whole map, 7×7 at 224×224 pixels, so that pictures may be of any size.
 */
export const googlenet = defineArchitecture({
  name: 'googlenet',
  summary: 'GoogLeNet: nine inception modules (1×1, 3×3, 5×5 and pooling side by side), without auxiliary classifiers',
  options: z.strictObject({ classes: classes(1000), channels: channels(3), width: width() }),
  network: (options) => {
    const filters = (number: number) => scaled(number, options.width);
    const pool = (name: string) => maxPool(name, 3, { stride: 2, ceilMode: true });
    const module = (name: keyof typeof TABLE, entry: string) => inception(name, entry, filters);
    const after = (name: keyof typeof TABLE) => `inception_${name}/output`;
    return chain({ name: 'data', shape: [null, null, options.channels] }, [
      conv('conv1/7x7_s2', 7, filters(64), { stride: 2, padding: 3 }),
      relu('conv1/relu_7x7'),
      pool('pool1/3x3_s2'),
      caffeLrn('pool1/norm1'),
      conv('conv2/3x3_reduce', 1, filters(64)),
      relu('conv2/relu_3x3_reduce'),
      conv('conv2/3x3', 3, filters(192), { padding: 1 }),
      relu('conv2/relu_3x3'),
      caffeLrn('conv2/norm2'),
      pool('pool2/3x3_s2'),
      ...module('3a', 'pool2/3x3_s2'),
      ...module('3b', after('3a')),
      pool('pool3/3x3_s2'),
      ...module('4a', 'pool3/3x3_s2'),
      ...module('4b', after('4a')),
      ...module('4c', after('4b')),
      ...module('4d', after('4c')),
      ...module('4e', after('4d')),
      pool('pool4/3x3_s2'),
      ...module('5a', 'pool4/3x3_s2'),
      ...module('5b', after('5a')),
      globalAvgPool('pool5/7x7_s1'),
      dropout('pool5/drop_7x7_s1', 0.4),
      dense('loss3/classifier', options.classes),
      softmax('prob'),
    ]);
  },
});
