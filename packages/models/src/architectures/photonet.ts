import { z } from 'zod';
import { chain } from './chain.js';
import { defineArchitecture } from './define-architecture.js';
import { conv, dense, dropout, globalAvgPool, maxPool, relu, softmax } from './layers.js';
import { channels, classes, scaled, width } from './options.js';

/** The bundled network for small photos (32×32): a 5×5 and six 3×3 convolutions, three pools, global average pooling. */
export const photonet = defineArchitecture({
  name: 'photonet',
  summary: 'Plain convolutions, ReLUs and max-pools for 32×32 photos',
  options: z.strictObject({
    classes: classes(10),
    channels: channels(3),
    width: width(),
    dropout: z.number().min(0).max(0.95).default(0.3).describe('Rate of the dropout before the last layer, in training'),
  }),
  network: (options) => {
    const filters = (number: number) => scaled(number, options.width);
    const same = { padding: 1 };
    return chain({ name: 'input', shape: [null, null, options.channels] }, [
      conv('conv1', 5, filters(32), { padding: 2 }),
      relu('relu1'),
      maxPool('pool1', 2),
      conv('conv2_1', 3, filters(48), same),
      relu('relu2_1'),
      conv('conv2_2', 3, filters(64), same),
      relu('relu2_2'),
      maxPool('pool2', 2),
      conv('conv3_1', 3, filters(96), same),
      relu('relu3_1'),
      conv('conv3_2', 3, filters(128), same),
      relu('relu3_2'),
      maxPool('pool3', 2),
      conv('conv4_1', 3, filters(128), same),
      relu('relu4_1'),
      conv('conv4_2', 3, filters(192), same),
      relu('relu4_2'),
      globalAvgPool('pool4'),
      dropout('drop4', options.dropout),
      dense('fc5', options.classes),
      softmax('prob'),
    ]);
  },
});
