import { type Tensor4D, zeros } from '@tensorflow/tfjs-core';
import type { LayerFilter, LayerHook } from '../../../execution/hook.js';
import { DECONVNET, GRADIENT } from '../../../execution/policy.js';
import type { LayerName } from '../../../network/layer.js';
import type { LayerInfo } from '../../../network/network.js';
import { type Array4, map } from '../../reference/array4.js';
import { referenceSignals } from '../../reference/backward.js';
import { disposeAll, toArray4 } from '../../reference/tensors.js';
import { assertClose, assertEqual } from '../compare.js';
import { type ConformanceGroup, type ConformanceTest, taken, takenAll } from '../test-case.js';
import { classifierTest } from './classifier.js';
import { failureTests } from './hook-failures.js';
import { expectHooked, FROM, hookedReference, replaced, seededSignal } from './hooked-reference.js';
import { assertActivations } from './passes.js';

const filters: Readonly<Record<string, { readonly filter: LayerFilter; readonly names: readonly LayerName[] }>> = {
  'by name': { filter: 'relu1', names: ['relu1'] },
  'by index': { filter: 5, names: ['conv2'] },
  'by a list': { filter: ['conv1', 6], names: ['conv1', 'relu2'] },
  'by a predicate': { filter: ({ kind }) => kind === 'maxPool', names: ['pool1', 'pool2'] },
};

const readTests = (): readonly ConformanceTest[] =>
  Object.entries(filters).map(([how, { filter, names }]) =>
    classifierTest(`reads ${how}`, async (compiled, input, { item, pass }) => {
      const seen: { layer: LayerInfo; value: Array4; direction: 'forward' | 'backward' }[] = [];
      const hook: LayerHook = {
        layers: filter,
        forward: async (tensor, layer) => {
          seen.push({ layer, value: await toArray4(tensor), direction: 'forward' });
          return undefined;
        },
        backward: async (tensor, layer) => {
          seen.push({ layer, value: await toArray4(tensor), direction: 'backward' });
          return undefined;
        },
      };
      await expectHooked(compiled, input, [hook]);
      const of = (direction: string) => seen.filter((entry) => entry.direction === direction);
      const layers = (direction: string) => of(direction).map(({ layer }) => layer.name);
      assertEqual(layers('forward'), names, 'layers seen going forward, in order');
      assertEqual(layers('backward'), names.toReversed(), 'layers seen going down, in order');
      const signals = referenceSignals(pass, new Map([[FROM, seededSignal()]]), GRADIENT);
      for (const { layer, value } of of('forward')) assertActivations(new Map([[layer.name, value]]), pass, [layer.name]);
      for (const { layer, value } of of('backward'))
        assertClose(value, signals.get(layer.name) ?? { data: [] }, `signal at "${layer.name}"`);
      for (const { layer } of seen)
        assertEqual(item.network.layers[layer.index - 1]?.name, layer.name, 'the layer with the index handed in');
    }),
  );

const replaceTests = (): readonly ConformanceTest[] =>
  Object.entries(filters).flatMap(([how, { filter, names }]) => [
    classifierTest(`replaces activations ${how}`, async (compiled, input) => {
      await expectHooked(compiled, input, [{ layers: filter, forward: replaced }], names);
      const hooks = [{ layers: filter, forward: async (tensor: Tensor4D) => replaced(tensor) }];
      const { pass } = hookedReference(names, []);
      const wanted = [...names, 'prob'];
      assertActivations(await takenAll(await compiled.forward(input, wanted, { hooks })), pass, wanted);
    }),
    classifierTest(`replaces signals ${how}`, (compiled, input) =>
      expectHooked(compiled, input, [{ layers: filter, backward: replaced }], [], names),
    ),
    classifierTest(`replaces both ${how}`, (compiled, input) =>
      expectHooked(compiled, input, [{ layers: filter, forward: replaced, backward: replaced }], names, names),
    ),
  ]);

const orderTests = (): readonly ConformanceTest[] => [
  classifierTest('several hooks on one layer, in the order given', async (compiled, input) => {
    const order: string[] = [];
    const hook = (name: string): LayerHook => ({
      layers: 'relu1',
      forward: async (tensor) => {
        order.push(`${name} ${(await toArray4(tensor)).data.every((value) => value >= 0) ? 'before' : 'after'}`);
        return name === 'first' ? replaced(tensor) : undefined;
      },
    });
    await expectHooked(compiled, input, [hook('first'), hook('second')], ['relu1']);
    assertEqual(order, ['first before', 'second after'], 'order of the hooks');
  }),
  classifierTest('a hook that returns what it was given', async (compiled, input) => {
    const hooks: readonly LayerHook[] = [{ layers: ['relu1', 'pool2'], forward: (tensor) => tensor, backward: (tensor) => tensor }];
    await expectHooked(compiled, input, hooks);
  }),
  classifierTest('a hook above the layers asked for is not called', async (compiled, input) => {
    let calls = 0;
    const hook: LayerHook = {
      layers: ['conv2', 'fc4'],
      forward: () => {
        calls++;
        return undefined;
      },
    };
    disposeAll(await compiled.forward(input, ['pool1'], { hooks: [hook] }));
    assertEqual(calls, 0, 'calls');
  }),
  classifierTest('a hook at the seeded layer', (compiled, input) =>
    expectHooked(compiled, input, [{ layers: FROM, backward: replaced }], [], [FROM]),
  ),
  classifierTest('a hook that blocks the signal, under another policy and for weight gradients', async (compiled, input, { item }) => {
    const seeds = [{ layer: FROM, form: 'sum', weight: 1 }] as const;
    const blocked: LayerHook = { layers: 'relu2', backward: (tensor) => zeros(tensor.shape) };
    const zero = await compiled.gradient({ input, seeds, policy: DECONVNET, hooks: [blocked] });
    assertClose(
      await taken(zero.gradient),
      map(item.input, () => 0),
      'gradient behind a blocked signal',
    );
    const trained = await compiled.weightGradient({ input, seeds, policy: GRADIENT, hooks: [blocked] });
    assertClose({ data: trained.gradients.get('conv1/bias') ?? [] }, { data: [0, 0, 0, 0] }, 'weight gradient behind a blocked signal');
    const bias = trained.gradients.get('fc4/bias') ?? [];
    assertClose({ data: bias }, { data: [3, 3, 3, 3] }, 'weight gradient above the blocked signal');
  }),
];

/** Hooks that read, replace and fail. */
export const hookGroup = (): ConformanceGroup => ({
  name: 'hooks',
  tests: [...readTests(), ...replaceTests(), ...orderTests(), ...failureTests()],
});
