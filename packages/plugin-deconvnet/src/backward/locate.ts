import { type Model, type Shape, strongestUnit, type TargetReference, targetMap, type Unit } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { activationOf } from './activation-of.js';

/** Channels up to which the strongest of one position is found during the backward pass itself; beyond, its table of channels would be too large. */
const MOST_CHANNELS = 2048;

/** Where a signal starts; `strongest`: at the strongest channel of a layer of one position, which the pass itself can find. */
export type Start = Unit | 'strongest';

/**
 * Where the signals of targets on one layer start on a picture [1, H, W, C]. Runs the network, up to that layer and once for all of
 * them, only when the activations decide: when a map has several positions and none is given, or a channel is open.
 * @throws FeaturescopeError when a position lies outside the layer on this input
 */
export async function locate(
  model: Model,
  picture: Tensor4D,
  targets: readonly TargetReference[],
  { wholeMap, onePass }: { readonly wholeMap: boolean; readonly onePass: boolean },
): Promise<readonly Start[]> {
  const known = targets.map((target) => knownStart(target, targetMap(model, picture, target), wholeMap, onePass));
  if (known.every((start) => start !== undefined)) return known;
  const layer = targets[0]?.layer.name ?? '';
  const activations = await model.activations(picture, [layer]);
  try {
    const activation = activationOf(activations, layer);
    const [, height, width, channels] = activation.shape;
    const values = await activation.data();
    return targets.map((target): Unit => {
      const { unit, at } = strongestUnit(values, [height, width, channels], given(target));
      return wholeMap ? { channel: unit } : { channel: unit, at };
    });
  } finally {
    for (const tensor of activations.values()) tensor.dispose();
  }
}

function knownStart(
  { unit, at }: TargetReference,
  [height, width, channels]: Shape,
  wholeMap: boolean,
  onePass: boolean,
): Start | undefined {
  const onePosition = height * width === 1;
  if (unit === undefined) return onePosition && onePass && channels <= MOST_CHANNELS ? 'strongest' : undefined;
  if (wholeMap) return { channel: unit };
  return at || onePosition ? { channel: unit, at: at ?? [0, 0] } : undefined;
}

const given = ({ unit, at }: TargetReference) => ({ ...(unit === undefined ? {} : { unit }), ...(at ? { at } : {}) });
