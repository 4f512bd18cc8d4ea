import { z } from 'zod';
import { chain } from './chain.js';
import { defineArchitecture } from './define-architecture.js';
import { dropoutRate, fits, fullyConnected, removed, sideOf, sideOr, small, withoutLayers } from './eight-layers.js';
import { conv, dense, dropout, lrn, maxPool, relu, softmax } from './layers.js';
import { channels, classes, scaled, width } from './options.js';

const SIDE = 224;

const filterCount = z.int().min(1).max(16_384);

/**
 * Zeiler and Fergus, ECCV 2014, Fig. 3; padding and rounding are what its map sizes force. `remove`, `fullyConnected` and `maps` make the
 * variants of their study of which layers matter. Small: 5×5 filters with stride 1 in layer 1 and 3×3 with stride 1 in layer 2 instead of 7×7
 * and 5×5 with stride 2, padded to keep the size, so that layers 3 to 5 work on maps of a quarter of the picture's side, 8×8 for 32×32
 * pixels, and layer 4 (31 pixels) does not yet see the whole picture; all else is the same.
 */
export const zfnet = defineArchitecture({
  name: 'zfnet',
  summary: 'ZFNet: AlexNet with a finer first layer (7×7, stride 2), and its variants without or with larger layers',
  options: z
    .strictObject({
      classes: classes(1000),
      channels: channels(3),
      inputSize: sideOr(SIDE),
      width: width(),
      remove: removed(),
      fullyConnected: fullyConnected(),
      dropout: dropoutRate(),
      maps: z
        .tuple([filterCount, filterCount, filterCount])
        .default([384, 384, 256])
        .describe('Feature maps of the layers 3, 4 and 5, before the width factor'),
      small: small('layer 1 is 5×5 and layer 2 is 3×3, both with stride 1'),
    })
    .superRefine(fits(63)),
  network: (options) => {
    const filters = (number: number) => scaled(number, options.width);
    const [maps3, maps4, maps5] = options.maps;
    const side = sideOf(options, SIDE);
    const halving = { stride: 2, ceilMode: true };
    const full = (number: 6 | 7) => [
      dense(`fc${number}`, filters(options.fullyConnected)),
      relu(`relu${number}`),
      dropout(`drop${number}`, options.dropout),
    ];
    const layers = [
      [
        options.small ? conv('conv1', 5, filters(96), { padding: 2 }) : conv('conv1', 7, filters(96), { stride: 2, padding: 1 }),
        relu('relu1'),
        maxPool('pool1', 3, halving),
        lrn('norm1'),
      ],
      [
        options.small ? conv('conv2', 3, filters(256), { padding: 1 }) : conv('conv2', 5, filters(256), { stride: 2 }),
        relu('relu2'),
        maxPool('pool2', 3, halving),
        lrn('norm2'),
      ],
      [conv('conv3', 3, filters(maps3), { padding: 1 }), relu('relu3')],
      [conv('conv4', 3, filters(maps4), { padding: 1 }), relu('relu4')],
      [conv('conv5', 3, filters(maps5), { padding: 1 }), relu('relu5'), maxPool('pool5', 3, { stride: 2 })],
      full(6),
      full(7),
      [dense('fc8', options.classes), softmax('prob')],
    ];
    return chain({ name: 'data', shape: [side, side, options.channels] }, withoutLayers(layers, options.remove));
  },
});
