import { type Extent, inferShapes, type LayerName, l2Norm, type Model, type Objective, sum } from '@featurescope/core';
import { noSuchSize, weightsDoNotMatch } from '../errors.js';
import { octaveSizes } from './octaves.js';
import type { DreamOptions } from './options.js';

/** Longest distance in the input between neighbouring positions of the layer chosen by default. */
const DEFAULT_JUMP = 8;
const DEFAULT_KINDS: readonly string[] = ['relu', 'leakyRelu', 'concat', 'clip'];

/** The layer that is excited when none is named: the last whose positions are at most 8 pixels apart. It sees objects, and is fine enough for many. */
export function defaultLayer(model: Pick<Model, 'layers' | 'logits'>): LayerName {
  const maps = model.layers.filter(
    ({ kind, receptiveField, outputShape: [height, width] }) =>
      DEFAULT_KINDS.includes(kind) && Math.max(...receptiveField.jump) <= DEFAULT_JUMP && height * width > 1,
  );
  return maps.at(-1)?.name ?? model.logits;
}

/** The layers asked for, or the default one. */
export const chosenLayers = (model: Model, options: DreamOptions): LayerName[] =>
  options.layers?.map((layer) => model.layer(layer).name) ?? [defaultLayer(model)];

/** scale · Σ weight · ‖a‖² over the layers. */
export function dreamObjective(layers: readonly LayerName[], options: DreamOptions): Objective {
  const { weights } = options;
  if (weights && weights.length !== layers.length) throw weightsDoNotMatch(weights.length, layers.length);
  return sum(layers.map((layer, i) => l2Norm(layer).times(weights?.[i] ?? 1))).times(options.objectiveScale);
}

/** Whether a picture of this size reaches all the layers. */
export function fits(model: Model, layers: readonly LayerName[], size: Extent): boolean {
  try {
    inferShapes(model.network, [size[0], size[1], model.input.channels], layers);
    return true;
  } catch {
    return false;
  }
}

/** Octave sizes from small to large, without those too small for the layers. @throws FeaturescopeError when not even the full size fits */
export function plannedSizes(model: Model, layers: readonly LayerName[], full: Extent, options: DreamOptions): Extent[] {
  if (!fits(model, layers, full)) throw noSuchSize(full, layers, model);
  return octaveSizes(full, options.octaves, options.octaveScale).filter((size) => fits(model, layers, size));
}
