import { GRADIENT } from '../../../execution/policy.js';
import type { Unit } from '../../../execution/seed.js';
import type { LayerName } from '../../../network/layer.js';
import { createRandom } from '../../../random-stream.js';
import type { Array4 } from '../../reference/array4.js';
import type { ReferenceTerm } from '../../reference/seeds.js';
import { assertClose } from '../compare.js';
import { drawn } from '../network-case.js';
import { fireCase } from '../networks/graphs.js';
import { type ConformanceGroup, type ConformanceTest, taken, withCompiled, withTensor } from '../test-case.js';
import { classifier } from './classifier.js';
import { termTest } from './term-test.js';

const dotFor = (layer: LayerName): Array4 =>
  drawn(classifier().pass.values.get(layer)?.shape ?? [0, 0, 0, 0], createRandom(`dot ${layer}`));

const units: Readonly<Record<string, readonly Unit[] | undefined>> = {
  'the whole layer': undefined,
  'one channel': [{ channel: 2 }],
  'one position': [{ channel: 1, at: [2, 1] }],
  'a channel for each picture': [{ channel: 2 }, { channel: 0 }, { channel: 3 }],
  'a position for each picture': [
    { channel: 3, at: [0, 0] },
    { channel: 1, at: [2, 3] },
    { channel: 0, at: [4, 4] },
  ],
  'channels and positions for each picture': [{ channel: 3 }, { channel: 1, at: [4, 0] }, { channel: 1 }],
};

const forms = ['sum', 'squares', 'positiveSquares'] as const;

const formTests = (): readonly ConformanceTest[] =>
  forms.flatMap((form) =>
    Object.entries(units).flatMap(([of, selected]) =>
      [false, true].map((mean) =>
        termTest(`${form}${mean ? ', mean' : ''}, of ${of}`, [
          { layer: 'norm1', form, weight: -0.5, ...(selected && { units: selected }), ...(mean && { mean }) },
        ]),
      ),
    ),
  );

const dot = (layer: LayerName, weight = 1): ReferenceTerm => ({ layer, form: { dot: dotFor(layer) }, weight });

const otherTests = (): readonly ConformanceTest[] => [
  termTest('dot', [dot('relu2', 2)]),
  termTest('dot at the last layer', [dot('prob')]),
  termTest('crossEntropy', [{ layer: 'fc4', form: { crossEntropy: [2, 0, 3] }, weight: 1 }]),
  termTest(
    'crossEntropy with a weight and activations',
    [{ layer: 'fc4', form: { crossEntropy: [1, 1, 0] }, weight: 1 / 3 }],
    ['fc4', 'conv1'],
  ),
  termTest('a unit of the logits', [{ layer: 'fc4', form: 'sum', units: [{ channel: 3 }], weight: 1 }]),
  termTest('a logit for each picture', [
    { layer: 'fc4', form: 'squares', units: [{ channel: 3 }, { channel: 0 }, { channel: 1 }], weight: 1 },
  ]),
  termTest('a probability', [{ layer: 'prob', form: 'sum', units: [{ channel: 1, at: [0, 0] }], weight: 3 }], ['prob']),
  termTest('several terms at one layer', [
    { layer: 'conv2', form: 'squares', weight: 1 },
    { layer: 'conv2', form: 'sum', units: [{ channel: 4 }], weight: -2 },
    dot('conv2', 0.5),
  ]),
  termTest(
    'terms at several layers, one below another',
    [
      { layer: 'relu1', form: 'squares', mean: true, weight: 3 },
      { layer: 'fc3', form: 'positiveSquares', weight: 0.25 },
      { layer: 'conv2', form: 'sum', weight: -1 },
    ],
    ['conv1', 'relu1', 'pool2', 'fc4', 'prob'],
  ),
  termTest('the first layer', [{ layer: 'conv1', form: 'squares', weight: 1 }]),
  termTest('a term on the input beside one on a layer', [
    { layer: 'input', form: 'squares', weight: -0.1 },
    { layer: 'conv2', form: 'sum', weight: 1 },
  ]),
  termTest('activations that no seed needs', [{ layer: 'conv1', form: 'squares', weight: 1 }], ['prob']),
];

const branchTest: ConformanceTest = {
  name: 'a seed on one of two branches, gradient at the other',
  run: (executor) => {
    const fire = fireCase();
    return withCompiled(executor, fire.network, (compiled) =>
      withTensor(fire.input, async (input) => {
        const result = await compiled.gradient(
          { input, seeds: [{ layer: 'fire/relu_expand1x1', form: 'sum', weight: 1 }], policy: GRADIENT },
          'fire/expand3x3',
        );
        const gradient = await taken(result.gradient);
        assertClose(gradient, { shape: [2, 9, 8, 4], data: new Float64Array(2 * 9 * 8 * 4) }, 'gradient where no signal comes');
      }),
    );
  },
};

/** Every form of seed term, alone and together. */
export const seedGroups = (): readonly ConformanceGroup[] => [
  { name: 'seeds: forms and units', tests: formTests() },
  { name: 'seeds: others and together', tests: [...otherTests(), branchTest] },
];
