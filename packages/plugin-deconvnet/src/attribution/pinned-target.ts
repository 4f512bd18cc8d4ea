import {
  findTarget,
  type Model,
  resolveTarget,
  type Target,
  type TargetOptions,
  type TargetReference,
  type VisualizerFactory,
} from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { conflictingOptions } from '../errors.js';
import { describeUnit } from './attribution.js';
import type { MethodOptions } from './run-attribution.js';

/** Options that name a target in full, and the target itself and in words. */
export interface PinnedTarget {
  readonly options: MethodOptions;
  readonly target: Target;
  readonly label: string;
}

/** Names a target in full, as it is on a picture [1, H, W, C]. */
export type TargetPin = (model: Model, picture: Tensor4D) => Promise<PinnedTarget>;

/**
 * Checks what options of an attribution visualizer say about its target, before any work, and gives what names it in full on a picture:
 * the strongest class, unit or position of one picture need not be that of another. Undefined when the visualizer takes no target.
 * @throws FeaturescopeError in the name of `asker` when there is no such target, or what was said contradicts itself
 */
export function targetPin(factory: VisualizerFactory, given: MethodOptions, model: Model, asker: string): TargetPin | undefined {
  const { shape } = factory.visualizer.options;
  if (!('class' in shape)) return undefined;
  const reference = referenceOf(given, 'unit' in shape, model, asker);
  const whole = given['wholeMap'] === true;
  if (whole && given['at'] !== undefined) throw conflictingOptions(asker, 'a whole map (wholeMap)', 'a position (at)');
  const isLayer = 'unit' in shape && given['layer'] !== undefined;
  return async (shown, picture) => {
    const target = await resolveTarget(shown, picture, reference);
    const { layer, unit, at } = target;
    const named = isLayer ? { layer: layer.name, unit } : { class: unit };
    const position = 'at' in shape && !whole ? { at } : {};
    const label = describeUnit(shown, picture, layer.name, { channel: unit, ...(whole ? {} : { at }) });
    return { options: { ...given, ...named, ...position }, target, label };
  };
}

function referenceOf(given: MethodOptions, takesUnits: boolean, model: Model, asker: string): TargetReference {
  const options = given as TargetOptions;
  if (takesUnits) return findTarget(model, options, asker);
  // Without units a layer is not the target: Grad-CAM weighs the maps of one.
  if (options.layer !== undefined) model.layer(options.layer);
  return findTarget(model, { class: options.class, of: options.of }, asker);
}
