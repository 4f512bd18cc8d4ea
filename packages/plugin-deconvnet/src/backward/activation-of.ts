import type { Activations, LayerName } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';

/** The activation [N, H, W, C] of a layer that a pass was asked for. @throws Error when the executor has not given it */
export function activationOf(activations: Activations, layer: LayerName): Tensor4D {
  const tensor = activations.get(layer);
  if (!tensor) throw new Error(`The executor gave no activation of layer "${layer}", which it was asked for.`);
  return tensor;
}
