import type { LayerName } from '../network/layer.js';
import type { Network } from '../network/network.js';
import { layerByName } from '../network/shapes.js';

/** Where a classifier's scores are. */
export interface ClassifierHead {
  /** The input of the final softmax, else the output of the last layer. */
  readonly logits: LayerName;
  readonly probabilities?: LayerName;
}

/** Finds the final softmax, also behind layers that only pass its values on. */
export function classifierHead(network: Network): ClassifierHead {
  const last = network.outputs.at(-1) ?? network.layers.at(-1)?.name ?? network.input.name;
  let layer = layerByName(network, last);
  while (layer && (layer.kind === 'flatten' || layer.kind === 'identity' || layer.kind === 'dropout')) {
    layer = layerByName(network, layer.inputs[0] ?? '');
  }
  if (layer?.kind !== 'softmax') return { logits: last };
  return { logits: layer.inputs[0] ?? network.input.name, probabilities: layer.name };
}
