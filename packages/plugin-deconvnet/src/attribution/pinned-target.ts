import { findTarget, type Model, resolveTarget, type TargetOptions, type VisualizerFactory } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { describeUnit } from './attribution.js';
import type { MethodOptions } from './run-attribution.js';

/** Options that name a target in full, and the target in words. */
export interface PinnedTarget {
  readonly options: MethodOptions;
  readonly label: string;
}

/**
 * Options of an attribution visualizer with its target named in full, as it is on this picture [1, H, W, C]: the strongest class, unit or
 * position of one picture need not be that of another. Undefined when the visualizer does not take a target.
 */
export async function pinnedTarget(
  { visualizer: { name, options: schema } }: VisualizerFactory,
  given: MethodOptions,
  model: Model,
  picture: Tensor4D,
): Promise<PinnedTarget | undefined> {
  const { shape } = schema;
  if (!('class' in shape)) return undefined;
  // Without units a layer is not the target: Grad-CAM weighs the maps of one.
  const addressed = 'unit' in shape ? given : { class: given['class'], of: given['of'] };
  const { layer, unit, at } = await resolveTarget(model, picture, findTarget(model, addressed as TargetOptions, name));
  const whole = given['wholeMap'] === true;
  const position = 'at' in shape && !whole ? { at } : {};
  const isLayer = 'unit' in shape && given['layer'] !== undefined;
  const target = isLayer ? { layer: layer.name, unit } : { class: unit };
  const label = describeUnit(model, picture, layer.name, { channel: unit, ...(whole ? {} : { at }) });
  return { options: { ...given, ...target, ...position }, label };
}
