import {
  type Architecture,
  createModel,
  createRandom,
  didYouMean,
  type Executor,
  FeaturescopeError,
  initializeWeights,
  type Model,
  type Network,
  type TrainingConfig,
} from '@featurescope/core';

/** A training names an architecture that no plugin has. */
const unknownArchitecture = (name: string, names: readonly string[]): FeaturescopeError =>
  new FeaturescopeError(
    'UNKNOWN_ARCHITECTURE',
    `The training config names the architecture "${name}", which does not exist.${didYouMean(name, names)}`,
  );

const networkOf = ({ architecture }: TrainingConfig, known: readonly Architecture[]): Network => {
  const { name, options = {} } = typeof architecture === 'string' ? { name: architecture } : architecture;
  const found = known.find((candidate) => candidate.name === name);
  if (found === undefined)
    throw unknownArchitecture(
      name,
      known.map((candidate) => candidate.name),
    );
  return found.create(options);
};

/** The network of a training config with its first weights. @throws FeaturescopeError when there is no such architecture, or its options are wrong */
export const initialModel = async (config: TrainingConfig, known: readonly Architecture[], executor: Executor): Promise<Model> => {
  const bare = networkOf(config, known);
  const { size } = config.data;
  const channels = bare.input.shape[2];
  const random = createRandom(config.seed).fork('training').fork('weights');
  const network = { ...bare, weights: initializeWeights(bare, [size, size, channels], config.initialization, random) };
  const input = { size: [size, size] as const, channels, fixedSize: bare.input.shape[0] !== null };
  return createModel({ name: config.name, network, input, executor });
};
