import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { CompiledNetwork, GradientResult } from '../execution/executor.js';
import { GRADIENT } from '../execution/policy.js';
import type { LayerName } from '../network/layer.js';
import type { Objective } from '../objectives/objective.js';
import type { GradientOptions, ValueAndGradient } from './model.js';
import { differentiate, type ObjectivePlan, planObjective, type ResolvedTerm, seedFunction, type TermTensor } from './objective-pass.js';
import { objectiveValue, summedUp, type TermValue } from './objective-value.js';

type Resolve = (layer: LayerName) => LayerName;

/** One share of the objective: values of its terms by name, and the gradient at the input. */
interface Share {
  readonly values: ReadonlyMap<string, TermValue>;
  readonly gradients: readonly Tensor4D[];
  readonly activations: ReadonlyMap<LayerName, Tensor4D>;
}

const NO_SHARE: Share = { values: new Map(), gradients: [], activations: new Map() };

/**
 * Value and gradient of an objective. When all its terms have closed forms they go to the executor as they are; when one has none,
 * the seeds of all terms that read the network are computed from the activations. Terms on the input alone never run the network,
 * and terms of weight 0 are evaluated but not differentiated.
 */
export async function objectiveGradient(
  compiled: CompiledNetwork,
  image: Tensor4D,
  objective: Objective,
  resolve: Resolve,
  options: GradientOptions,
): Promise<ValueAndGradient> {
  options.signal?.throwIfAborted();
  const plan = planObjective(objective, compiled.network.input.name, resolve);
  const network = await networkShare(compiled, image, plan, resolve, options);
  try {
    options.signal?.throwIfAborted();
    const input = await inputShare(compiled, image, plan, resolve);
    const values = new Map([...network.values, ...input.values]);
    const gradient = summed([...network.gradients, ...input.gradients], image);
    tf.dispose([...network.gradients, ...input.gradients]);
    return { ...objectiveValue(objective, values), gradient, activations: network.activations };
  } catch (error) {
    tf.dispose([...network.gradients, ...network.activations.values()]);
    throw error;
  }
}

const summed = (gradients: readonly Tensor4D[], image: Tensor4D): Tensor4D =>
  tf.tidy(() => (gradients.length > 0 ? (tf.addN([...gradients]) as Tensor4D) : tf.zerosLike(image)));

async function inputShare(compiled: CompiledNetwork, image: Tensor4D, { onInput }: ObjectivePlan, resolve: Resolve): Promise<Share> {
  if (onInput.length === 0) return NO_SHARE;
  const { values, gradients } = differentiate(onInput, new Map([[compiled.network.input.name, image]]), resolve);
  try {
    return { ...NO_SHARE, values: await valuesOf(onInput, values), gradients: [...gradients.values()] };
  } catch (error) {
    tf.dispose([...gradients.values()]);
    throw error;
  }
}

async function networkShare(
  compiled: CompiledNetwork,
  image: Tensor4D,
  { onNetwork, seeds }: ObjectivePlan,
  resolve: Resolve,
  { policy = GRADIENT, wanted = [], hooks = [], signal }: GradientOptions,
): Promise<Share> {
  const pass = { hooks, ...(signal ? { signal } : {}) };
  if (onNetwork.length === 0) {
    return wanted.length > 0 ? { ...NO_SHARE, activations: await compiled.forward(image, wanted, pass) } : NO_SHARE;
  }
  if (seeds) {
    const result = await compiled.gradient({ input: image, seeds, policy, wanted, ...pass });
    return shareOf(result, new Map(onNetwork.map(({ term }, i) => [term.name, summedUp(result.values[i] ?? new Float32Array())])));
  }
  const seed = seedFunction(onNetwork, compiled.network.input.name, image, resolve);
  try {
    const result = await compiled.gradient({ input: image, seeds: seed, policy, wanted, ...pass });
    try {
      const share = shareOf(result, await valuesOf(onNetwork, seed.values));
      return seed.inputGradient ? { ...share, gradients: [...share.gradients, tf.clone(seed.inputGradient)] } : share;
    } catch (error) {
      tf.dispose([result.gradient, ...result.activations.values()]);
      throw error;
    }
  } finally {
    tf.dispose([...seed.values, ...(seed.inputGradient ? [seed.inputGradient] : [])]);
  }
}

const shareOf = (result: GradientResult, values: ReadonlyMap<string, TermValue>): Share => ({
  values,
  gradients: [result.gradient],
  activations: result.activations,
});

/** Reads the values of terms and disposes them. */
async function valuesOf(terms: readonly ResolvedTerm[], tensors: readonly TermTensor[]): Promise<ReadonlyMap<string, TermValue>> {
  try {
    const read = await Promise.all(tensors.map((tensor) => tensor.data()));
    return new Map(
      terms.map(({ term, seed }, i) => {
        const numbers = Float32Array.from(read[i] ?? []);
        return [term.name, seed ? summedUp(numbers) : { total: numbers[0] ?? 0 }];
      }),
    );
  } finally {
    tf.dispose([...tensors]);
  }
}
