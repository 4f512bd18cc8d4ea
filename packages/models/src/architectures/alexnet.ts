import { z } from 'zod';
import { chain } from './chain.js';
import { defineArchitecture } from './define-architecture.js';
import { dropoutRate, fits, fullyConnected, removed, sideOf, sideOr, small, withoutLayers } from './eight-layers.js';
import { conv, dense, dropout, lrn, maxPool, relu, softmax } from './layers.js';
import { channels, classes, scaled, width } from './options.js';

const SIDE = 227;

/**
 * Krizhevsky, Sutskever and Hinton, NIPS 2012; the groups are the two GPUs of the paper. `remove` and `fullyConnected` make the variants that
 * Zeiler and Fergus trained. Small: 7×7 filters with stride 2 in layer 1 and 3×3 in layer 2 instead of 11×11 with stride 4 and 5×5, padded
 * to keep the size, pool 1 with stride 1 and pool 2 rounded up, so that layers 3 to 5 have the map sizes of a small ZFNet, and layer 1
 * is coarser than its own, as in the originals; all else is the same.
 */
export const alexnet = defineArchitecture({
  name: 'alexnet',
  summary: 'AlexNet: 11×11 and 5×5 convolutions, local response normalisation, three dense layers',
  options: z
    .strictObject({
      classes: classes(1000),
      channels: channels(3),
      inputSize: sideOr(SIDE),
      width: width(),
      groups: z
        .literal([1, 2])
        .default(2)
        .describe('2: layers 2, 4 and 5 are in two halves that do not see each other, as in the paper; 1: without'),
      remove: removed(),
      fullyConnected: fullyConnected(),
      dropout: dropoutRate(),
      small: small('layer 1 is 7×7 with stride 2, layer 2 is 3×3, the first pool has stride 1'),
    })
    .superRefine(fits(67)),
  network: (options) => {
    const { groups } = options;
    const filters = (number: number) => 2 * scaled(number / 2, options.width);
    const side = sideOf(options, SIDE);
    const full = (number: 6 | 7) => [
      dense(`fc${number}`, scaled(options.fullyConnected, options.width)),
      relu(`relu${number}`),
      dropout(`drop${number}`, options.dropout),
    ];
    const layers = [
      [
        options.small ? conv('conv1', 7, filters(96), { stride: 2, padding: 3 }) : conv('conv1', 11, filters(96), { stride: 4 }),
        relu('relu1'),
        lrn('norm1'),
        maxPool('pool1', 3, options.small ? { stride: 1, padding: 1 } : { stride: 2 }),
      ],
      [
        options.small ? conv('conv2', 3, filters(256), { padding: 1, groups }) : conv('conv2', 5, filters(256), { padding: 2, groups }),
        relu('relu2'),
        lrn('norm2'),
        maxPool('pool2', 3, { stride: 2, ceilMode: options.small }),
      ],
      [conv('conv3', 3, filters(384), { padding: 1 }), relu('relu3')],
      [conv('conv4', 3, filters(384), { padding: 1, groups }), relu('relu4')],
      [conv('conv5', 3, filters(256), { padding: 1, groups }), relu('relu5'), maxPool('pool5', 3, { stride: 2 })],
      full(6),
      full(7),
      [dense('fc8', options.classes), softmax('prob')],
    ];
    return chain({ name: 'data', shape: [side, side, options.channels] }, withoutLayers(layers, options.remove));
  },
});
