import type { InputSpec } from '../model/input-spec.js';
import type { LayerName, Shape } from '../network/layer.js';
import type { Network, Weight, WeightName } from '../network/network.js';
import { inferShapes } from '../network/shapes.js';
import type { Random } from '../random.js';
import { createRandom } from '../random-stream.js';
import { noLogits, tooFewPictures, unfitClasses } from './errors.js';
import type { TrainingExamples } from './examples.js';
import { initializeWeights } from './initialize.js';
import type { TrainingPlan } from './plan.js';

/** Everything about a training that does not change from step to step. */
export interface TrainingTask {
  /** With its own weight arrays, which the optimiser changes in place. */
  readonly network: Network;
  readonly input: InputSpec;
  readonly logits: LayerName;
  readonly shapes: ReadonlyMap<LayerName, Shape>;
  readonly random: Random;
  readonly stepsPerEpoch: number;
  /** Differs when a saved state of another training would not fit. */
  readonly fingerprint: string;
}

/** The layer of class scores: the input of a final softmax, else the last layer. */
function logitsOf(network: Network): LayerName {
  const last = network.layers.find((layer) => layer.name === network.outputs.at(-1));
  return (last?.kind === 'softmax' ? last.inputs[0] : last?.name) ?? '';
}

const copied = (weight: Weight): Weight => ({ shape: weight.shape, data: new Float32Array(weight.data) });

/** Prepares a training: first weights, shapes and checks. @throws FeaturescopeError when network, examples and recipe do not fit */
export function prepareTask({ recipe, description }: TrainingPlan, network: Network, data: TrainingExamples): TrainingTask {
  const size: Shape = [data.height, data.width, data.channels];
  const random = createRandom(recipe.seed).fork('training');
  const initial =
    network.weights.size > 0 ? network.weights : initializeWeights(network, size, recipe.initialization, random.fork('weights'));
  const own = { ...network, weights: new Map<WeightName, Weight>([...initial].map(([name, weight]) => [name, copied(weight)])) };
  const shapes = inferShapes(own, size);
  const logits = logitsOf(own);
  const [height, width, classes] = shapes.get(logits) ?? [0, 0, 0];
  if (height !== 1 || width !== 1) throw noLogits(logits);
  if (classes < data.classes.length) throw unfitClasses(classes, data.classes.length);
  if (data.labels.length < recipe.batchSize) throw tooFewPictures(data.labels.length, recipe.batchSize);
  const { name: _name, ...described } = description;
  return {
    network: own,
    input: {
      size: [data.height, data.width],
      channels: data.channels,
      fixedSize: network.input.shape[0] !== null,
      preprocessing: data.preprocessing,
    },
    logits,
    shapes,
    random,
    stepsPerEpoch: Math.floor(data.labels.length / recipe.batchSize),
    fingerprint: JSON.stringify({ ...described, layers: network.layers, pictures: data.labels.length }),
  };
}
