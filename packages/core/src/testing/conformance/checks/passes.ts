import type { CompiledNetwork } from '../../../execution/executor.js';
import { type BackwardPolicy, DECONVNET, GRADIENT } from '../../../execution/policy.js';
import type { LayerName } from '../../../network/layer.js';
import { createRandom } from '../../../random-stream.js';
import type { Array4 } from '../../reference/array4.js';
import { referenceBackward, referenceSignals, referenceWeightGradients } from '../../reference/backward.js';
import { type ReferenceOptions, type ReferencePass, referenceForward } from '../../reference/forward.js';
import { disposeAll, toArrays, toTensors } from '../../reference/tensors.js';
import { assertClose } from '../compare.js';
import { drawn, type NetworkCase } from '../network-case.js';
import { policiesFor } from '../policies.js';
import { type ConformanceGroup, type ConformanceTest, taken, takenAll, withCompiled, withTensor } from '../test-case.js';
import { patchedTest } from './patched.js';

/** A signal of both signs for the output of a layer. */
export function signalFor(pass: ReferencePass, layer: LayerName): Array4 {
  const value = pass.values.get(layer);
  if (!value) throw new Error(`conformance: "${layer}" was not computed`);
  return drawn(value.shape, createRandom(`signal ${layer}`));
}

const lastOf = ({ network }: NetworkCase): LayerName => network.outputs[0] ?? '';

export const assertActivations = (actual: ReadonlyMap<LayerName, Array4>, pass: ReferencePass, wanted: readonly LayerName[]): void => {
  for (const name of wanted) {
    const [a, b] = [actual.get(name), pass.values.get(name)];
    if (!a || !b) throw new Error(`activation of "${name}" is missing`);
    assertClose(a, b, `activation of "${name}"`);
  }
};

/** Compares a gradient, seeded with a signal at the last layer, with the reference. */
export async function checkGradient(
  compiled: CompiledNetwork,
  { network, input }: NetworkCase,
  policy: BackwardPolicy,
  from: LayerName,
  to?: LayerName,
): Promise<void> {
  const pass = referenceForward(network, input);
  const signal = signalFor(pass, from);
  const expected = referenceBackward(pass, new Map([[from, signal]]), policy, to);
  const result = await withTensor(input, (x) =>
    withTensor(signal, (dot) => compiled.gradient({ input: x, seeds: [{ layer: from, form: { dot }, weight: 1 }], policy }, to)),
  );
  disposeAll(result.activations);
  assertClose(await taken(result.gradient), expected, `gradient under ${policy.name}`);
}

const forwardTest = (item: NetworkCase): ConformanceTest => ({
  name: 'forward',
  run: (executor) =>
    withCompiled(executor, item.network, async (compiled) => {
      const pass = referenceForward(item.network, item.input);
      const wanted = item.network.layers.map(({ name }) => name).filter((name) => pass.values.has(name));
      const all = await withTensor(item.input, async (input) => takenAll(await compiled.forward(input, wanted)));
      assertActivations(all, pass, wanted);
      const last = await withTensor(item.input, async (input) => takenAll(await compiled.forward(input, [lastOf(item)])));
      assertActivations(last, pass, [lastOf(item)]);
    }),
});

const backwardTest = (item: NetworkCase, policy: BackwardPolicy): ConformanceTest => ({
  name: `backward: ${policy.name}`,
  run: (executor) => withCompiled(executor, item.network, (compiled) => checkGradient(compiled, item, policy, lastOf(item))),
});

/** Random factors for every dropout layer. */
export function dropoutMasks({ network, input }: NetworkCase): ReadonlyMap<LayerName, Array4> {
  const { values } = referenceForward(network, input);
  const masks = new Map<LayerName, Array4>();
  for (const layer of network.layers) {
    const shape = values.get(layer.name)?.shape;
    if (layer.kind !== 'dropout' || !shape) continue;
    const random = createRandom(`dropout ${layer.name}`);
    const scale = Math.fround(1 / (1 - layer.rate));
    const { data } = drawn(shape, random);
    masks.set(layer.name, { shape, data: data.map((value) => (value > 0 ? scale : 0)) });
  }
  return masks;
}

/** Compares weight gradients, activations and dropout with the reference. */
export async function checkWeightGradients(
  compiled: CompiledNetwork,
  { network, input }: NetworkCase,
  policy: BackwardPolicy,
  masks?: ReadonlyMap<LayerName, Array4>,
): Promise<void> {
  const options: ReferenceOptions = masks ? { dropout: masks } : {};
  const pass = referenceForward(network, input, options);
  const from = network.outputs[0] ?? '';
  const signal = signalFor(pass, from);
  const expected = referenceWeightGradients(pass, referenceSignals(pass, new Map([[from, signal]]), policy));
  const dropout = masks && toTensors(masks);
  const result = await withTensor(input, (x) =>
    withTensor(signal, (dot) =>
      compiled.weightGradient({
        input: x,
        seeds: [{ layer: from, form: { dot }, weight: 1 }],
        policy,
        wanted: [from],
        ...(dropout && { dropout }),
      }),
    ),
  );
  if (dropout) disposeAll(dropout);
  const activations = await toArrays(result.activations);
  disposeAll(result.activations);
  assertActivations(activations, pass, [from]);
  for (const [name, data] of expected)
    assertClose({ data: result.gradients.get(name) ?? [] }, { data }, `gradient of the weight "${name}" under ${policy.name}`);
}

const weightTests = (item: NetworkCase): readonly ConformanceTest[] =>
  item.network.weights.size === 0
    ? []
    : [false, true].map((trainable) => ({
        name: `weight gradients${trainable ? ', compiled for training' : ''}`,
        run: (executor) =>
          withCompiled(
            executor,
            item.network,
            async (compiled) => {
              await checkWeightGradients(compiled, item, GRADIENT);
              await checkWeightGradients(compiled, item, DECONVNET);
              const masks = dropoutMasks(item);
              if (masks.size > 0) await checkWeightGradients(compiled, item, GRADIENT, masks);
            },
            { trainable },
          ),
      }));

/** Forward, backward under every policy that matters, and weight gradients of one network. */
export const passGroup = (kind: string, item: NetworkCase): ConformanceGroup => ({
  name: `${kind}: ${item.name}`,
  tests: [
    forwardTest(item),
    patchedTest(item),
    ...policiesFor(item.network).map((policy) => backwardTest(item, policy)),
    ...weightTests(item),
  ],
});
