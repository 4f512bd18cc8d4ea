import { z } from 'zod';
import { chain } from './chain.js';
import { defineArchitecture } from './define-architecture.js';
import { concat, conv, from, globalAvgPool, type LooseLayer, maxPool, relu, softmax } from './layers.js';
import { channels, classes, scaled, width } from './options.js';

/** Iandola et al. 2016, SqueezeNet v1.0 with the names of its authors' release; conv10 has padding 1, as there. */
export const squeezenet = defineArchitecture({
  name: 'squeezenet',
  summary: 'SqueezeNet v1.0: eight fire modules (1×1 squeeze, 1×1 and 3×3 expand), no dense layer',
  options: z.strictObject({ classes: classes(1000), channels: channels(3), width: width() }),
  network: (options) => {
    const filters = (number: number) => scaled(number, options.width);
    const fire = (name: number, squeeze: number, expand: number): readonly LooseLayer[] => {
      const at = (layer: string) => `fire${name}/${layer}`;
      return [
        conv(at('squeeze1x1'), 1, filters(squeeze)),
        relu(at('relu_squeeze1x1')),
        conv(at('expand1x1'), 1, filters(expand)),
        relu(at('relu_expand1x1')),
        from(at('relu_squeeze1x1'), conv(at('expand3x3'), 3, filters(expand), { padding: 1 })),
        relu(at('relu_expand3x3')),
        concat(at('concat'), [at('relu_expand1x1'), at('relu_expand3x3')]),
      ];
    };
    const pool = (name: string) => maxPool(name, 3, { stride: 2, ceilMode: true });
    return chain({ name: 'data', shape: [null, null, options.channels] }, [
      conv('conv1', 7, filters(96), { stride: 2 }),
      relu('relu_conv1'),
      pool('pool1'),
      ...fire(2, 16, 64),
      ...fire(3, 16, 64),
      ...fire(4, 32, 128),
      pool('pool4'),
      ...fire(5, 32, 128),
      ...fire(6, 48, 192),
      ...fire(7, 48, 192),
      ...fire(8, 64, 256),
      pool('pool8'),
      ...fire(9, 64, 256),
      conv('conv10', 1, options.classes, { padding: 1 }),
      relu('relu_conv10'),
      globalAvgPool('pool10'),
      softmax('prob'),
    ]);
  },
});
