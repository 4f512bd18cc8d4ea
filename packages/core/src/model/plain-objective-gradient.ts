import { dispose, tensor4d } from '@tensorflow/tfjs-core';
import type { CompiledNetwork } from '../execution/executor.js';
import type { PlainValues } from '../execution/plain-gradient.js';
import { GRADIENT } from '../execution/policy.js';
import type { LayerName } from '../network/layer.js';
import type { Objective } from '../objectives/objective.js';
import { wrongRoom } from './errors.js';
import type { ObjectiveValue, PlainGradientOptions } from './model.js';
import { objectiveGradient } from './objective-gradient.js';
import { planObjective } from './objective-pass.js';
import { objectiveValue, summedUp } from './objective-value.js';

/**
 * Value and gradient of an objective from plain memory to plain memory. No tensor is made where the executor needs none and all terms read the
 * network and have closed forms. @throws FeaturescopeError when `into` is not as long as the image
 */
export async function plainObjectiveGradient(
  compiled: CompiledNetwork,
  image: PlainValues,
  objective: Objective,
  into: Float32Array,
  resolve: (layer: LayerName) => LayerName,
  options: PlainGradientOptions = {},
): Promise<ObjectiveValue> {
  if (into.length !== image.data.length) throw wrongRoom(into.length, image.data.length);
  const { onInput, onNetwork, seeds } = planObjective(objective, compiled.network.input.name, resolve);
  const isPlain = seeds && onNetwork.length > 0 && onInput.length === 0;
  if (!isPlain || !compiled.plainGradient) return byTensors(compiled, image, objective, into, resolve, options);
  const values = await compiled.plainGradient({ policy: GRADIENT, ...options, input: image, seeds, into });
  return objectiveValue(objective, new Map(onNetwork.map(({ term }, i) => [term.name, summedUp(values[i] ?? new Float32Array())])));
}

async function byTensors(
  compiled: CompiledNetwork,
  { shape, data }: PlainValues,
  objective: Objective,
  into: Float32Array,
  resolve: (layer: LayerName) => LayerName,
  options: PlainGradientOptions,
): Promise<ObjectiveValue> {
  const tensor = tensor4d(data, [...shape]);
  try {
    const { gradient, activations, ...value } = await objectiveGradient(compiled, tensor, objective, resolve, options);
    try {
      into.set(await gradient.data());
      return value;
    } finally {
      dispose([gradient, ...activations.values()]);
    }
  } finally {
    tensor.dispose();
  }
}
