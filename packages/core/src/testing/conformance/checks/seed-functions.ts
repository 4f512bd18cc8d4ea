import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Activations, SeedFunction } from '../../../execution/executor.js';
import { DECONVNET, GRADIENT } from '../../../execution/policy.js';
import type { LayerName } from '../../../network/layer.js';
import { createRandom } from '../../../random-stream.js';
import type { Array4 } from '../../reference/array4.js';
import { referenceBackward } from '../../reference/backward.js';
import { toArrays, toTensor } from '../../reference/tensors.js';
import { assertClose, assertEqual, assertRejects } from '../compare.js';
import { drawn } from '../network-case.js';
import { type ConformanceGroup, type ConformanceTest, taken, takenAll, withCompiled, withTensor } from '../test-case.js';
import { classifier } from './classifier.js';
import { assertActivations } from './passes.js';

const activation = (layer: LayerName): Array4 => classifier().pass.values.get(layer) ?? drawn([0, 0, 0, 0], createRandom(0));

const signal = (layer: LayerName): Array4 => drawn(activation(layer).shape, createRandom(`seed of ${layer}`));

/** Runs a seed function and compares the gradient with that of the seeds it ought to have given. */
const seedTest = (
  name: string,
  layers: readonly LayerName[],
  seed: (activations: Activations) => Promise<Activations> | Activations,
  expected: ReadonlyMap<LayerName, Array4>,
): ConformanceTest => ({
  name,
  run: (executor) => {
    const { item, pass } = classifier();
    return withCompiled(executor, item.network, (compiled) =>
      withTensor(item.input, async (input) => {
        for (const policy of [GRADIENT, DECONVNET]) {
          let seen: Map<LayerName, Array4> | undefined;
          const seeds: SeedFunction = {
            layers,
            seed: async (activations) => {
              seen = await toArrays(activations);
              return seed(activations);
            },
          };
          const result = await compiled.gradient({ input, seeds, policy, wanted: ['relu1', 'fc4'] });
          const [gradient, wanted] = [await taken(result.gradient), await takenAll(result.activations)];
          assertClose(gradient, referenceBackward(pass, expected, policy), `gradient under ${policy.name}`);
          assertActivations(wanted, pass, ['relu1', 'fc4']);
          assertActivations(seen ?? new Map(), pass, layers);
          assertEqual(result.values.length, 0, 'number of values');
        }
      }),
    );
  },
});

const tensorOf = (activations: Activations, layer: LayerName): Tensor4D => {
  const tensor = activations.get(layer);
  if (!tensor) throw new Error(`the seed function was not given "${layer}"`);
  return tensor;
};

const throwing: ConformanceTest = {
  name: 'a seed function that throws',
  run: (executor) => {
    const { item } = classifier();
    return withCompiled(executor, item.network, (compiled) =>
      withTensor(item.input, async (input) => {
        const error = new Error('no seed today');
        const seeds: SeedFunction = { layers: ['conv2'], seed: () => Promise.reject(error) };
        const reason = await assertRejects(compiled.gradient({ input, seeds, policy: GRADIENT }), 'gradient');
        assertEqual(reason === error, true, 'the rejection is the error that was thrown');
      }),
    );
  },
};

/** Seeds that are computed from the activations. */
export const seedFunctionGroup = (): ConformanceGroup => ({
  name: 'seed functions',
  tests: [
    seedTest('one layer', ['conv2'], () => new Map([['conv2', toTensor(signal('conv2'))]]), new Map([['conv2', signal('conv2')]])),
    seedTest(
      'several layers, later',
      ['relu1', 'fc4'],
      async () =>
        new Map([
          ['relu1', toTensor(signal('relu1'))],
          ['fc4', toTensor(signal('fc4'))],
        ]),
      new Map([
        ['relu1', signal('relu1')],
        ['fc4', signal('fc4')],
      ]),
    ),
    seedTest(
      'the activation itself',
      ['relu2'],
      (activations) => new Map([['relu2', tensorOf(activations, 'relu2')]]),
      new Map([['relu2', activation('relu2')]]),
    ),
    seedTest(
      'only some of the layers',
      ['relu1', 'conv2'],
      () => new Map([['conv2', toTensor(signal('conv2'))]]),
      new Map([['conv2', signal('conv2')]]),
    ),
    seedTest(
      'the input',
      ['input', 'conv2'],
      (activations) =>
        new Map([
          ['input', tensorOf(activations, 'input')],
          ['conv2', toTensor(signal('conv2'))],
        ]),
      new Map([
        ['input', activation('input')],
        ['conv2', signal('conv2')],
      ]),
    ),
    throwing,
  ],
});
