import { z } from 'zod';
import { chain } from './chain.js';
import { defineArchitecture } from './define-architecture.js';
import { avgPool, conv, dense, softmax, tanh } from './layers.js';
import { channels, classes, inputSize, scaled, width } from './options.js';

/** LeCun, Bottou, Bengio and Haffner 1998 (LeNet-5), with every map of C3 connected to every map of S2 and a softmax at the end. */
export const lenet = defineArchitecture({
  name: 'lenet',
  summary: 'LeNet-5: two convolutions with tanh and average pools, three dense layers',
  options: z.strictObject({ classes: classes(10), channels: channels(1), inputSize: inputSize(32, 16), width: width() }),
  network: (options) => {
    const filters = (number: number) => scaled(number, options.width);
    return chain({ name: 'input', shape: [options.inputSize, options.inputSize, options.channels] }, [
      conv('c1', 5, filters(6)),
      tanh('c1/tanh'),
      avgPool('s2', 2),
      conv('c3', 5, filters(16)),
      tanh('c3/tanh'),
      avgPool('s4', 2),
      dense('c5', filters(120)),
      tanh('c5/tanh'),
      dense('f6', filters(84)),
      tanh('f6/tanh'),
      dense('output', options.classes),
      softmax('prob'),
    ]);
  },
});
