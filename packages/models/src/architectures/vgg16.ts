import { z } from 'zod';
import { chain } from './chain.js';
import { defineArchitecture } from './define-architecture.js';
import { conv, maxPool, relu, softmax } from './layers.js';
import { channels, classes, scaled, width } from './options.js';

/** Simonyan and Zisserman, ICLR 2015, configuration D; the dense layers are convolutions and there is no dropout (37 layers, MatConvNet). */
export const vgg16 = defineArchitecture({
  name: 'vgg16',
  summary: 'VGG-16: thirteen 3×3 convolutions in five blocks, three dense layers as convolutions',
  options: z.strictObject({ classes: classes(1000), channels: channels(3), width: width() }),
  network: (options) => {
    const filters = (number: number) => scaled(number, options.width);
    const block = (name: number, convolutions: number, number: number) => [
      ...Array.from({ length: convolutions }, (_, i) => [
        conv(`conv${name}_${i + 1}`, 3, filters(number), { padding: 1 }),
        relu(`relu${name}_${i + 1}`),
      ]).flat(),
      maxPool(`pool${name}`, 2),
    ];
    return chain({ name: 'input', shape: [null, null, options.channels] }, [
      ...block(1, 2, 64),
      ...block(2, 2, 128),
      ...block(3, 3, 256),
      ...block(4, 3, 512),
      ...block(5, 3, 512),
      conv('fc6', 7, filters(4096)),
      relu('relu6'),
      conv('fc7', 1, filters(4096)),
      relu('relu7'),
      conv('fc8', 1, options.classes),
      softmax('prob'),
    ]);
  },
});
