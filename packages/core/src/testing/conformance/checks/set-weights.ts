import { GRADIENT } from '../../../execution/policy.js';
import type { Shape } from '../../../network/layer.js';
import { createRandom } from '../../../random-stream.js';
import { fed, type NetworkCase, withRandomWeights } from '../network-case.js';
import { classifierCase, sharedCase } from '../networks/graphs.js';
import { type ConformanceGroup, type ConformanceTest, withCompiled } from '../test-case.js';
import { checkGradient, checkWeightGradients, dropoutMasks } from './passes.js';

const replaceTest = (item: NetworkCase, trainable: boolean): ConformanceTest => ({
  name: `${item.name}${trainable ? ', compiled for training' : ''}`,
  run: (executor) =>
    withCompiled(
      executor,
      item.network,
      async (compiled) => {
        const [pictures, ...shape] = item.input.shape;
        const last = item.network.outputs[0] ?? '';
        await checkGradient(compiled, item, GRADIENT, last);
        await checkWeightGradients(compiled, item, GRADIENT, dropoutMasks(item));
        for (const seed of [1, 2]) {
          const network = withRandomWeights(item.network, shape satisfies Shape, createRandom(seed));
          const other = fed(item, pictures, shape, network);
          compiled.setWeights(network.weights);
          await checkGradient(compiled, other, GRADIENT, last);
          await checkWeightGradients(compiled, other, GRADIENT);
        }
      },
      { trainable },
    ),
});

/** New weights in place of old ones, as in training. */
export const setWeightsGroup = (): ConformanceGroup => ({
  name: 'setWeights',
  tests: [classifierCase(), sharedCase()].flatMap((item) => [false, true].map((trainable) => replaceTest(item, trainable))),
});
