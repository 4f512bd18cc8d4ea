import { describeTarget, type LayerName, type Model, type Shape, targetMap, type Unit } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';

/** How much each number of an input counts for a target. */
export interface Attribution {
  /** Layer of the target. */
  readonly layer?: LayerName;
  /** Channel of the target, and its position unless it is the whole map. */
  readonly unit?: Unit;
  /** The target in words, and what else there is to say. */
  readonly label: string;
  /** Activation of the target. */
  readonly value?: number;
  /** Signed, [H, W, C], or [H, W] for a method that does not tell channels apart. */
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/**
 * A unit in words: `class 3 (cat)`, `conv5, unit 12 at (4, 7)`, or `conv5, unit 12, whole map`. A class has a position where the picture
 * [N, H, W, C] gives a map of scores.
 */
export function describeUnit(model: Model, picture: Pick<Tensor4D, 'shape'>, layerName: LayerName, { channel, at }: Unit): string {
  const layer = model.layer(layerName);
  const words = describeTarget(model, { layer, unit: channel, at: at ?? [0, 0] });
  if (layerName !== model.logits && layerName !== model.probabilities) return at ? words : `${layerName}, unit ${channel}, whole map`;
  const [height, width] = targetMap(model, picture, { layer });
  if (height * width === 1) return words;
  return at ? `${words} at (${at[0]}, ${at[1]})` : `${words}, whole map`;
}

/** The shape as [H, W, C]: a map has one channel. */
export const asMap = ([height = 0, width = 0, channels = 1]: readonly number[]): Shape => [height, width, channels];
