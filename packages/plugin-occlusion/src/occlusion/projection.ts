import { eventsOn, isFeaturescopeError, type Model, type RunContext, type Shape } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { FollowedMap } from './reading.js';

/** The strongest activation of a map carried down to the picture, [H, W, C], signed. */
export interface Projection {
  readonly values: Float32Array;
  readonly shape: Shape;
}

const DECONVNET = 'deconvnet';

/**
 * Projects the strongest position of a map on a picture [1, H, W, C] by the visualizer `deconvnet` of the run (Zeiler & Fergus 2014,
 * section 2.1); gives the reason in words where that is not possible.
 */
export async function projectionOf(
  context: RunContext,
  model: Model,
  picture: Tensor4D,
  { layer, unit }: FollowedMap,
): Promise<Projection | string> {
  const factory = context.visualizers.find(({ visualizer }) => visualizer.name === DECONVNET);
  if (!factory) return `there is no visualizer "${DECONVNET}" in this run; its plugin is @featurescope/plugin-deconvnet`;
  try {
    const deconvnet = factory({ layer, unit, signal: 'activation' });
    for await (const event of eventsOn(context, deconvnet, { model, picture, call: layer })) {
      if (event.type !== 'artifact' || event.artifact.kind !== 'tensor' || event.artifact.name !== 'attribution') continue;
      const [height = 1, width = 1, channels = 1] = event.artifact.shape;
      return { values: event.artifact.data, shape: [height, width, channels] };
    }
    return `"${DECONVNET}" gave no attribution`;
  } catch (error) {
    if (isFeaturescopeError(error)) return error.message;
    throw error;
  }
}
