import {
  type Box,
  dotProduct,
  type Extent,
  type LayerName,
  l2Norm,
  type Model,
  maxDotProduct,
  type Objective,
  sum,
} from '@featurescope/core';
import { dispose, type Tensor4D } from '@tensorflow/tfjs-core';
import { type Canvas, crop, readAll } from '../loop/canvas.js';
import { resample } from '../loop/resample.js';
import type { DreamOptions } from './options.js';
import type { Turn } from './plan.js';

/** Where the objectives of the turns come from. */
export interface ObjectiveSource {
  /** Whether an objective belongs to a place in the picture, as a guide does that is matched position by position. */
  readonly isPlaced: boolean;
  /** The objective of a turn in a picture of this size, seen in `box` (which goes around its borders). The caller disposes it. */
  objective(turn: Turn, picture: Extent, box: Box): Promise<HeldObjective>;
}

/** An objective with the tensors that it reads. */
export interface HeldObjective {
  readonly objective: Objective;
  dispose(): void;
}

const scaleOf = ({ objectiveScale, minimise }: DreamOptions): number => (minimise ? -objectiveScale : objectiveScale);

/** ± scale · Σ weight · ‖a‖² over the layers. */
export const plainObjective = (options: DreamOptions): ObjectiveSource => ({
  isPlaced: false,
  objective: async ({ layers }) => ({
    objective: sum(layers.map(({ layer, weight }) => l2Norm(layer).times(weight))).times(scaleOf(options)),
    dispose: () => undefined,
  }),
});

/**
 * ± scale · Σ weight · ((1 − mix) · match(a, guide) + mix · ‖a‖²): the dot product with the guide's activations at the same place, or with
 * those that fit best (google/deepdream). Both terms have their series, whatever the mix.
 */
export function guidedObjective(model: Model, guide: Canvas, options: DreamOptions): ObjectiveSource {
  const { guideMatch, guideMix } = options;
  const isPlaced = guideMatch === 'dot';
  let resized = guide;
  return {
    isPlaced,
    async objective({ layers }, picture, box) {
      if (isPlaced && (resized.shape[1] !== picture[0] || resized.shape[2] !== picture[1])) resized = resample(guide, picture);
      const names = layers.map(({ layer }) => layer);
      const activations = await activationsOf(model, isPlaced ? crop(resized, box) : guide, names);
      const terms = layers.flatMap(({ layer, weight }) => {
        const target = activations.get(layer);
        if (!target) return [];
        const match = isPlaced ? dotProduct(layer, target) : maxDotProduct(layer, target);
        return [match.times(weight * (1 - guideMix)), l2Norm(layer).times(weight * guideMix)];
      });
      return { objective: sum(terms).times(scaleOf(options)), dispose: () => dispose([...activations.values()]) };
    },
  };
}

async function activationsOf(model: Model, canvas: Canvas, layers: readonly LayerName[]): Promise<ReadonlyMap<LayerName, Tensor4D>> {
  const image = readAll(canvas);
  try {
    return await model.activations(image, layers);
  } finally {
    image.dispose();
  }
}
