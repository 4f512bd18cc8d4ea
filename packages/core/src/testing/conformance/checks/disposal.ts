import { memory } from '@tensorflow/tfjs-core';
import { DECONVNET, GRADIENT, GUIDED } from '../../../execution/policy.js';
import { disposeAll, toArray4, toTensor } from '../../reference/tensors.js';
import { assertClose, assertEqual, assertRejects } from '../compare.js';
import { fed } from '../network-case.js';
import { sharedCase } from '../networks/graphs.js';
import { type ConformanceGroup, type ConformanceTest, taken, takenAll, withCompiled } from '../test-case.js';
import { classifier, classifierTest } from './classifier.js';
import { assertActivations, checkGradient } from './passes.js';

const seeds = [{ layer: 'fc4', form: 'squares', weight: 1 }] as const;

const disposal = (): readonly ConformanceTest[] => [
  classifierTest('the same call twice gives the same numbers and leaves nothing behind', async (compiled, input) => {
    const call = async () => {
      const { gradient, activations } = await compiled.gradient({ input, seeds, policy: GRADIENT, wanted: ['conv1', 'prob'] });
      disposeAll(activations);
      return taken(gradient);
    };
    const first = await call();
    const before = memory().numTensors;
    const second = await call();
    assertEqual(memory().numTensors, before, 'tensors after the second call');
    assertEqual([...second.data], [...first.data], 'numbers of the second call');
  }),
  classifierTest('gives out as many tensors as it promises', async (compiled, input) => {
    disposeAll(await compiled.forward(input, ['prob']));
    const before = memory().numTensors;
    const activations = await compiled.forward(input, ['conv1', 'relu1', 'drop3', 'prob']);
    assertEqual(memory().numTensors - before, 4, 'tensors given out by forward');
    disposeAll(activations);
    disposeAll((await compiled.weightGradient({ input, seeds, policy: GRADIENT })).activations);
    assertEqual(memory().numTensors, before, 'tensors after weightGradient');
  }),
  classifierTest('the input is neither changed nor disposed', async (compiled, input, { item, pass }) => {
    assertActivations(await takenAll(await compiled.forward(input, ['input', 'conv1'])), pass, ['input', 'conv1']);
    (await compiled.gradient({ input, seeds, policy: GRADIENT })).gradient.dispose();
    assertEqual(input.isDisposed, false, 'input.isDisposed');
    assertClose(await toArray4(input), item.input, 'input afterwards');
  }),
];

const errors = (): readonly ConformanceTest[] => [
  classifierTest('names that do not exist', async (compiled, input) => {
    disposeAll(await compiled.forward(input, ['prob']));
    const before = memory().numTensors;
    await assertRejects(compiled.forward(input, ['conv1', 'conv9']), 'forward');
    await assertRejects(compiled.gradient({ input, seeds: [{ ...seeds[0], layer: 'fc9' }], policy: GRADIENT }), 'gradient');
    await assertRejects(compiled.gradient({ input, seeds, policy: GRADIENT }, 'conv9'), 'gradient to');
    await assertRejects(compiled.gradient({ input, seeds, policy: GRADIENT, wanted: ['conv9'] }), 'gradient wanted');
    assertEqual(memory().numTensors, before, 'tensors afterwards');
  }),
  classifierTest('an aborted signal', async (compiled, input) => {
    disposeAll(await compiled.forward(input, ['prob']));
    const before = memory().numTensors;
    const signal = AbortSignal.abort();
    await assertRejects(compiled.forward(input, ['prob'], { signal }), 'forward');
    await assertRejects(compiled.gradient({ input, seeds, policy: GRADIENT, signal }), 'gradient');
    await assertRejects(compiled.weightGradient({ input, seeds, policy: GRADIENT, signal }), 'weightGradient');
    assertEqual(memory().numTensors, before, 'tensors afterwards');
  }),
  {
    name: 'a network without weights cannot be run',
    run: async (executor) => {
      const { item } = classifier();
      const input = toTensor(item.input);
      const attempt = () =>
        withCompiled(executor, { ...item.network, weights: new Map() }, async (compiled) => {
          disposeAll(await compiled.forward(input, ['prob']));
        });
      await assertRejects(attempt(), 'compile or forward');
      input.dispose();
    },
  },
];

const concurrency = (): readonly ConformanceTest[] => [
  classifierTest('calls that overlap', async (compiled, _, { item }) => {
    const others = [2, 3, 4].map((pictures) => fed(item, pictures, [12, 10, 3]));
    const policies = [GRADIENT, DECONVNET, GUIDED];
    await Promise.all(others.map((other, i) => checkGradient(compiled, other, policies[i] ?? GRADIENT, 'prob')));
  }),
  {
    name: 'two compiled networks side by side',
    run: (executor) => {
      const [{ item }, shared] = [classifier(), sharedCase()];
      return withCompiled(executor, item.network, async (one) => {
        await withCompiled(executor, shared.network, (two) => checkGradient(two, shared, GRADIENT, 'fc2'));
        await checkGradient(one, item, GRADIENT, 'prob');
      });
    },
  },
];

/** Tensors given out and left behind, wrong requests, and calls that overlap. */
export const disposalGroup = (): ConformanceGroup => ({
  name: 'disposal and errors',
  tests: [...disposal(), ...errors(), ...concurrency()],
});
