import {
  type Architecture,
  createRandom,
  didYouMean,
  type ExampleTraining,
  FeaturescopeError,
  initializeWeights,
  type Network,
  type Shape,
  type TrainingConfig,
} from '@featurescope/core';

/** A training names an architecture that no plugin has. */
const unknownArchitecture = (name: string, names: readonly string[]): FeaturescopeError =>
  new FeaturescopeError(
    'UNKNOWN_ARCHITECTURE',
    `The training config names the architecture "${name}", which does not exist.${didYouMean(name, names)}`,
  );

/** The architecture of a config. @throws FeaturescopeError when there is no such one */
export function architectureOf({ architecture }: TrainingConfig | ExampleTraining, known: readonly Architecture[]): Architecture {
  const name = typeof architecture === 'string' ? architecture : architecture.name;
  const found = known.find((candidate) => candidate.name === name);
  if (found) return found;
  throw unknownArchitecture(
    name,
    known.map((candidate) => candidate.name),
  );
}

/** What the examples of a training say about its network. */
export interface ExampleSizes {
  readonly classes?: number;
  readonly channels?: number;
  readonly inputSize?: number;
}

/**
 * The network of a config with random first weights. Options of the architecture that the config leaves out are those of the examples.
 * @throws FeaturescopeError when its options are wrong
 */
export function firstNetwork(config: TrainingConfig | ExampleTraining, known: readonly Architecture[], sizes: ExampleSizes): Network {
  const architecture = architectureOf(config, known);
  const given = typeof config.architecture === 'string' ? {} : (config.architecture.options ?? {});
  const taken = Object.entries(sizes).filter(([option]) => architecture.options && option in architecture.options.shape);
  const bare = architecture.create({ ...Object.fromEntries(taken), ...given });
  const [height, width, channels] = bare.input.shape;
  const shape: Shape = [height ?? sizes.inputSize ?? 1, width ?? sizes.inputSize ?? 1, channels];
  const random = createRandom(config.seed).fork('training').fork('weights');
  return { ...bare, weights: initializeWeights(bare, shape, config.initialization, random) };
}
