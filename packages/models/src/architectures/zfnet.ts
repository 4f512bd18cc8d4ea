import { z } from 'zod';
import { chain } from './chain.js';
import { defineArchitecture } from './define-architecture.js';
import { conv, dense, dropout, lrn, maxPool, relu, softmax } from './layers.js';
import { channels, classes, inputSize, scaled, width } from './options.js';

/** Zeiler and Fergus, ECCV 2014, Fig. 3; padding and rounding are what its map sizes force. */
export const zfnet = defineArchitecture({
  name: 'zfnet',
  summary: 'ZFNet: AlexNet with a finer first layer (7×7, stride 2)',
  options: z.strictObject({ classes: classes(1000), channels: channels(3), inputSize: inputSize(224, 63), width: width() }),
  network: (options) => {
    const filters = (number: number) => scaled(number, options.width);
    return chain({ name: 'data', shape: [options.inputSize, options.inputSize, options.channels] }, [
      conv('conv1', 7, filters(96), { stride: 2, padding: 1 }),
      relu('relu1'),
      maxPool('pool1', 3, { stride: 2, ceilMode: true }),
      lrn('norm1'),
      conv('conv2', 5, filters(256), { stride: 2 }),
      relu('relu2'),
      maxPool('pool2', 3, { stride: 2, ceilMode: true }),
      lrn('norm2'),
      conv('conv3', 3, filters(384), { padding: 1 }),
      relu('relu3'),
      conv('conv4', 3, filters(384), { padding: 1 }),
      relu('relu4'),
      conv('conv5', 3, filters(256), { padding: 1 }),
      relu('relu5'),
      maxPool('pool5', 3, { stride: 2 }),
      dense('fc6', filters(4096)),
      relu('relu6'),
      dropout('drop6', 0.5),
      dense('fc7', filters(4096)),
      relu('relu7'),
      dropout('drop7', 0.5),
      dense('fc8', options.classes),
      softmax('prob'),
    ]);
  },
});
