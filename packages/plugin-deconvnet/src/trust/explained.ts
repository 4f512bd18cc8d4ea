import { findTarget, type Model, resolveTarget, type Target, type TargetOptions } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { ChosenMethod } from '../attribution/method.js';
import { pinnedTarget } from '../attribution/pinned-target.js';
import type { MethodOptions } from '../attribution/run-attribution.js';

/** What a method explains on one picture, and the options that name it in full. */
export interface Explained {
  readonly target: Target;
  readonly label: string;
  readonly options: MethodOptions;
}

/** What a method explains on a picture [1, H, W, C]; undefined when it takes no target. */
export async function explainedBy(
  { factory, options: given }: ChosenMethod,
  model: Model,
  picture: Tensor4D,
): Promise<Explained | undefined> {
  const pinned = await pinnedTarget(factory, given, model, picture);
  if (!pinned) return undefined;
  const { options, label } = pinned;
  const { class: wanted, of, layer, unit, at } = options as TargetOptions;
  // With a class, a layer is one whose maps are weighed.
  const addressed = wanted === undefined ? { of, layer, unit, at } : { class: wanted, of, at };
  const reference = findTarget(model, addressed as TargetOptions, factory.visualizer.name);
  return { target: await resolveTarget(model, picture, reference), label, options };
}
