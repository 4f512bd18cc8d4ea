import { inferShapes, isFeaturescopeError, type Layer, type LayerName, type Model, type Network } from '@featurescope/core';
import { classifierLayer, upTo } from './body.js';
import { inputShape } from './present.js';

/** A network without weights that ends in class scores. */
export interface ResetNetwork {
  readonly network: Network;
  readonly logits: LayerName;
}

/**
 * The network of a model up to its class scores, without weights and for another number of classes; undefined where no layer with weights of its own
 * gives the class scores one by one.
 */
export function resetNetwork(
  { network, input, logits }: Pick<Model, 'network' | 'input' | 'logits'>,
  classes: number,
): ResetNetwork | undefined {
  const head = classifierLayer(network, logits);
  if (!head) return undefined;
  const needed = upTo(network, logits);
  const resized: Layer = head.kind === 'dense' ? { ...head, units: classes } : { ...head, filters: classes };
  const layers = network.layers.filter(({ name }) => needed.has(name)).map((layer) => (layer.name === head.name ? resized : layer));
  const reset: Network = { input: network.input, layers, outputs: [logits], weights: new Map() };
  try {
    const [height, width, scores] = inferShapes(reset, inputShape({ input })).get(logits) ?? [0, 0, 0];
    return height === 1 && width === 1 && scores === classes ? { network: reset, logits } : undefined;
  } catch (error) {
    if (isFeaturescopeError(error)) return undefined;
    throw error;
  }
}
