import { z } from 'zod';
import { chain } from './chain.js';
import { defineArchitecture } from './define-architecture.js';
import { conv, dense, dropout, lrn, maxPool, relu, softmax } from './layers.js';
import { channels, classes, inputSize, scaled, width } from './options.js';

/** Krizhevsky, Sutskever and Hinton, NIPS 2012; the groups are the two GPUs of the paper. */
export const alexnet = defineArchitecture({
  name: 'alexnet',
  summary: 'AlexNet: 11×11 and 5×5 convolutions, local response normalisation, three dense layers',
  options: z.strictObject({ classes: classes(1000), channels: channels(3), inputSize: inputSize(227, 67), width: width() }),
  network: (options) => {
    const filters = (number: number) => 2 * scaled(number / 2, options.width);
    return chain({ name: 'data', shape: [options.inputSize, options.inputSize, options.channels] }, [
      conv('conv1', 11, filters(96), { stride: 4 }),
      relu('relu1'),
      lrn('norm1'),
      maxPool('pool1', 3, { stride: 2 }),
      conv('conv2', 5, filters(256), { padding: 2, groups: 2 }),
      relu('relu2'),
      lrn('norm2'),
      maxPool('pool2', 3, { stride: 2 }),
      conv('conv3', 3, filters(384), { padding: 1 }),
      relu('relu3'),
      conv('conv4', 3, filters(384), { padding: 1, groups: 2 }),
      relu('relu4'),
      conv('conv5', 3, filters(256), { padding: 1, groups: 2 }),
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
