import { mul, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { CompiledNetwork, GradientResult } from '../../../execution/executor.js';
import type { LayerHook } from '../../../execution/hook.js';
import { GRADIENT } from '../../../execution/policy.js';
import type { LayerName } from '../../../network/layer.js';
import { type Array4, map } from '../../reference/array4.js';
import { downwards, passDown, type Signals } from '../../reference/backward.js';
import { type ReferencePass, referenceForward } from '../../reference/forward.js';
import { assertClose } from '../compare.js';
import { taken, takenAll, withTensor } from '../test-case.js';
import { classifier } from './classifier.js';
import { assertActivations, signalFor } from './passes.js';

/** Where the signal of these tests is placed: the logits of the classifier. */
export const FROM: LayerName = 'fc4';

export const seededSignal = (): Array4 => signalFor(classifier().pass, FROM);

const FACTOR = -0.5;

/** The replacement that these tests use. */
export const replaced = (tensor: Tensor4D): Tensor4D => tidy(() => mul(tensor, FACTOR));

/** The pass and the gradient at the input when some activations and some signals are replaced. */
export function hookedReference(forward: readonly LayerName[], backward: readonly LayerName[]): { pass: ReferencePass; gradient: Array4 } {
  const { item } = classifier();
  let { pass } = classifier();
  const values = new Map<LayerName, Array4>();
  for (const name of forward) {
    const value = pass.values.get(name);
    if (value)
      values.set(
        name,
        map(value, (x) => x * FACTOR),
      );
    pass = referenceForward(item.network, item.input, { replaced: values });
  }
  const signals: Signals = new Map([[FROM, seededSignal()]]);
  for (const layer of downwards(pass)) {
    const arrived = signals.get(layer.name);
    if (arrived && backward.includes(layer.name))
      signals.set(
        layer.name,
        map(arrived, (r) => r * FACTOR),
      );
    passDown(pass, layer, signals, GRADIENT);
  }
  const gradient = signals.get(item.network.input.name);
  if (!gradient) throw new Error('conformance: no signal reached the input');
  return { pass, gradient };
}

/** Carries the signal down with these hooks in place. */
export const gradientWith = (compiled: CompiledNetwork, input: Tensor4D, hooks: readonly LayerHook[]): Promise<GradientResult> =>
  withTensor(seededSignal(), (dot) =>
    compiled.gradient({ input, seeds: [{ layer: FROM, form: { dot }, weight: 1 }], policy: GRADIENT, hooks, wanted: [FROM] }),
  );

/** Compares what the hooks left with the reference whose values are replaced at these layers. */
export async function expectHooked(
  compiled: CompiledNetwork,
  input: Tensor4D,
  hooks: readonly LayerHook[],
  forward: readonly LayerName[] = [],
  backward: readonly LayerName[] = [],
): Promise<void> {
  const result = await gradientWith(compiled, input, hooks);
  const [found, activations] = [await taken(result.gradient), await takenAll(result.activations)];
  const { pass, gradient } = hookedReference(forward, backward);
  assertClose(found, gradient, 'gradient');
  assertActivations(activations, pass, [FROM]);
}
