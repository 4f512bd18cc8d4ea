import type { LayerHook } from '../../../execution/hook.js';
import { disposeAll, toTensor } from '../../reference/tensors.js';
import { assertEqual, assertRejects } from '../compare.js';
import { type ConformanceTest, takenAll } from '../test-case.js';
import { classifierTest } from './classifier.js';
import { expectHooked, gradientWith, replaced } from './hooked-reference.js';
import { assertActivations } from './passes.js';

const failing: Readonly<Record<string, (error: Error) => LayerHook>> = {
  'a hook that throws going forward': (error) => ({
    layers: 'conv2',
    forward: () => {
      throw error;
    },
  }),
  'a hook that rejects going forward': (error) => ({ layers: 'relu1', forward: () => Promise.reject(error) }),
  'a hook that throws going down': (error) => ({
    layers: 'relu1',
    backward: () => {
      throw error;
    },
  }),
  'a hook that rejects going down': (error) => ({ layers: 'pool2', backward: () => Promise.reject(error) }),
};

/** Hooks that throw, return nonsense or name no layer; none of them outlives its call. */
export const failureTests = (): readonly ConformanceTest[] => [
  ...Object.entries(failing).map(([name, hook]) =>
    classifierTest(name, async (compiled, input) => {
      const error = new Error('stop here');
      const reason = await assertRejects(gradientWith(compiled, input, [{ layers: 'conv1', forward: replaced }, hook(error)]), 'gradient');
      assertEqual(reason === error, true, 'the rejection is the error that was thrown');
      await expectHooked(compiled, input, []);
    }),
  ),
  ...(['forward', 'backward'] as const).map((direction) =>
    classifierTest(`a replacement of another shape, ${direction}`, async (compiled, input) => {
      const hook: LayerHook = { layers: 'relu1', [direction]: () => toTensor({ shape: [1, 2, 2, 1], data: new Float64Array(4) }) };
      await assertRejects(gradientWith(compiled, input, [hook]), 'gradient');
    }),
  ),
  classifierTest('a hook at a layer that does not exist', async (compiled, input) => {
    const hook: LayerHook = { layers: 'relu9', forward: () => undefined };
    await assertRejects(compiled.forward(input, ['conv1'], { hooks: [hook] }), 'forward');
    await assertRejects(gradientWith(compiled, input, [hook]), 'gradient');
  }),
  classifierTest('hooks do not outlive their call', async (compiled, input, { pass }) => {
    disposeAll(await compiled.forward(input, ['prob'], { hooks: [{ layers: 'conv1', forward: replaced }] }));
    const after = await takenAll(await compiled.forward(input, ['prob']));
    assertActivations(after, pass, ['prob']);
  }),
];
