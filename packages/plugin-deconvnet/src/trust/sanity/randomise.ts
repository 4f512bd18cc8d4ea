import {
  ancestors,
  createModel,
  initializeWeights,
  type LayerName,
  layerByName,
  type Model,
  type Network,
  type Random,
  type RunContext,
  type Shape,
  type Weight,
  type WeightName,
  type Weights,
  weightNames,
  weightOwner,
} from '@featurescope/core';

/** Where new weights come from. */
export const DRAWS = ['normal', 'shuffle', 'he'] as const;
export type Draw = (typeof DRAWS)[number];

/** The layers with weights that a target depends on, from the target down; of layers that share weights, the one that owns them. */
export function weightedLayers(network: Network, target: LayerName): readonly LayerName[] {
  const below = ancestors(network, [target]);
  const owners = network.layers.filter((layer) => below.has(layer.name) && weightNames(layer).length > 0).map(weightOwner);
  return [...new Set(owners.toReversed())];
}

/**
 * Draws new weights of one layer, the same for one seed whatever other layers are drawn: from a normal distribution with mean and
 * deviation of each array of weights, in another order, or as before training. Variances are always put in another order, for
 * they have to be positive. Shape [H, W, C] is that of the input.
 */
export function redrawing(network: Network, shape: Shape, draw: Draw, random: Random): (owner: LayerName) => Weights {
  const fresh = draw === 'he' ? initializeWeights(network, shape, { kernel: 'he', deviation: 1, bias: 0 }, random) : new Map();
  const redrawn = (name: WeightName, weight: Weight): Weight => {
    if (draw === 'he') return fresh.get(name) ?? weight;
    const stream = random.fork(name);
    return { ...weight, data: draw === 'shuffle' || name.endsWith('/variance') ? shuffled(weight, stream) : alike(weight, stream) };
  };
  return (owner) => {
    const layer = layerByName(network, owner);
    const names = layer ? weightNames(layer) : [];
    return new Map(
      names.flatMap((name) => {
        const weight = network.weights.get(name);
        return weight ? [[name, redrawn(name, weight)] as const] : [];
      }),
    );
  };
}

const shuffled = ({ data }: Weight, random: Random): Float32Array =>
  Float32Array.from(random.permutation(data.length), (i) => data[i] ?? 0);

function alike({ data }: Weight, random: Random): Float32Array {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length;
  return random.fillNormal(new Float32Array(data.length), mean, Math.sqrt(variance));
}

/** The model with other weights in place of some; the given one stays as it is. The caller disposes the result. */
export function withWeights({ compile }: Pick<RunContext, 'compile'>, model: Model, weights: Weights): Promise<Model> {
  const { name, network, input, labels } = model;
  return createModel({
    name,
    network: { ...network, weights: new Map([...network.weights, ...weights]) },
    input,
    ...(labels ? { labels } : {}),
    executor: { name, compile },
  });
}
