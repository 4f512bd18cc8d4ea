import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { CompiledNetwork, GradientResult } from '../execution/executor.js';
import { GRADIENT } from '../execution/policy.js';
import type { LayerName } from '../network/layer.js';
import type { Objective } from '../objectives/objective.js';
import type { GradientOptions, ValueAndGradient } from './model.js';
import { differentiate, type ObjectivePlan, planObjective, seedFunction } from './objective-pass.js';

type Resolve = (layer: LayerName) => LayerName;

/** One share of the objective: values of its terms by name, and the gradient at the input. */
interface Share {
  readonly values: ReadonlyMap<string, number>;
  readonly gradients: readonly Tensor4D[];
  readonly activations: ReadonlyMap<LayerName, Tensor4D>;
}

const NO_SHARE: Share = { values: new Map(), gradients: [], activations: new Map() };

/**
 * Value and gradient of an objective. Closed forms go to the executor as they are; when a term has none, all terms that
 * read the network are differentiated as tensor operations at their layers. Terms on the input alone never run the network.
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
    return {
      value: objective.terms.reduce((sum, { name, weight }) => sum + weight * (values.get(name) ?? 0), 0),
      terms: new Map(objective.terms.map(({ name }) => [name, values.get(name) ?? 0])),
      gradient,
      activations: network.activations,
    };
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
    const numbers = await numbersOf(values);
    return { ...NO_SHARE, values: new Map(onInput.map(({ term }, i) => [term.name, numbers[i] ?? 0])), gradients: [...gradients.values()] };
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
    return shareOf(result, new Map(onNetwork.map(({ term }, i) => [term.name, total(result.values[i])])));
  }
  const seed = seedFunction(onNetwork, compiled.network.input.name, image, resolve);
  try {
    const result = await compiled.gradient({ input: image, seeds: seed, policy, wanted, ...pass });
    try {
      const numbers = await numbersOf(seed.values);
      const share = shareOf(result, new Map(onNetwork.map(({ term }, i) => [term.name, numbers[i] ?? 0])));
      return seed.inputGradient ? { ...share, gradients: [...share.gradients, tf.clone(seed.inputGradient)] } : share;
    } catch (error) {
      tf.dispose([result.gradient, ...result.activations.values()]);
      throw error;
    }
  } finally {
    tf.dispose([...seed.values, ...(seed.inputGradient ? [seed.inputGradient] : [])]);
  }
}

const shareOf = (result: GradientResult, values: ReadonlyMap<string, number>): Share => ({
  values,
  gradients: [result.gradient],
  activations: result.activations,
});

const total = (values: Float32Array | undefined): number => values?.reduce((sum, value) => sum + value, 0) ?? 0;

const numbersOf = (values: readonly Scalar[]): Promise<number[]> =>
  Promise.all(values.map(async (value) => (await value.data())[0] ?? 0)).finally(() => tf.dispose([...values]));
