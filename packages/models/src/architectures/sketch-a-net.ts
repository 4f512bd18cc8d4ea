import { z } from 'zod';
import { chain } from './chain.js';
import { defineArchitecture } from './define-architecture.js';
import { conv, dropout, maxPool, relu, softmax } from './layers.js';
import { channels, classes, inputSize, scaled, width } from './options.js';

/** Yu et al., BMVC 2015: large first filters, overlapping pools, no normalisation; one input channel, or six for stroke order. */
export const sketchANet = defineArchitecture({
  name: 'sketchANet',
  summary: 'Sketch-a-Net: 15×15 first filters and overlapping pools for sketches',
  options: z.strictObject({ classes: classes(250), channels: channels(6), inputSize: inputSize(225, 225), width: width() }),
  network: (options) => {
    const filters = (number: number) => scaled(number, options.width);
    const pool = (name: string) => maxPool(name, 3, { stride: 2 });
    return chain({ name: 'input', shape: [options.inputSize, options.inputSize, options.channels] }, [
      conv('conv1', 15, filters(64), { stride: 3 }),
      relu('relu1'),
      pool('pool1'),
      conv('conv2', 5, filters(128)),
      relu('relu2'),
      pool('pool2'),
      conv('conv3', 3, filters(256), { padding: 1 }),
      relu('relu3'),
      conv('conv4', 3, filters(256), { padding: 1 }),
      relu('relu4'),
      conv('conv5', 3, filters(256), { padding: 1 }),
      relu('relu5'),
      pool('pool5'),
      conv('conv6', 7, filters(512)),
      relu('relu6'),
      dropout('drop6', 0.5),
      conv('conv7', 1, filters(512)),
      relu('relu7'),
      dropout('drop7', 0.5),
      conv('conv8', 1, options.classes),
      softmax('prob'),
    ]);
  },
});
