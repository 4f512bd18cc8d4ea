import { z } from 'zod';
import { chain } from './chain.js';
import { type ArchitectureFunction, defineArchitecture } from './define-architecture.js';
import { conv, maxPool, relu, softmax } from './layers.js';
import { channels, classes, scaled, width } from './options.js';

const schema = z.strictObject({ classes: classes(1000), channels: channels(3), width: width() });

const vgg = (name: string, summary: string, later: number): ArchitectureFunction<typeof schema> =>
  defineArchitecture({
    name,
    summary,
    options: schema,
    network: (options) => {
      const filters = (number: number) => scaled(number, options.width);
      const block = (index: number, convolutions: number, number: number) => [
        ...Array.from({ length: convolutions }, (_, i) => [
          conv(`conv${index}_${i + 1}`, 3, filters(number), { padding: 1 }),
          relu(`relu${index}_${i + 1}`),
        ]).flat(),
        maxPool(`pool${index}`, 2),
      ];
      return chain({ name: 'input', shape: [null, null, options.channels] }, [
        ...block(1, 2, 64),
        ...block(2, 2, 128),
        ...block(3, later, 256),
        ...block(4, later, 512),
        ...block(5, later, 512),
        conv('fc6', 7, filters(4096)),
        relu('relu6'),
        conv('fc7', 1, filters(4096)),
        relu('relu7'),
        conv('fc8', 1, options.classes),
        softmax('prob'),
      ]);
    },
  });

/** Simonyan and Zisserman, ICLR 2015, configuration D; the dense layers are convolutions and there is no dropout (37 layers, MatConvNet). */
export const vgg16 = vgg('vgg16', 'VGG-16: thirteen 3×3 convolutions in five blocks, three dense layers as convolutions', 3);

/** Configuration E of the same paper (43 layers, MatConvNet). */
export const vgg19 = vgg('vgg19', 'VGG-19: sixteen 3×3 convolutions in five blocks, three dense layers as convolutions', 4);
