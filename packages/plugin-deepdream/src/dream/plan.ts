import { type Extent, inferShapes, type LayerName, l2Norm, type Model, type Objective, sum } from '@featurescope/core';
import { noSuchSize, weightsDoNotMatch } from '../errors.js';
import { octaveSizes } from './octaves.js';
import type { DreamOptions } from './options.js';

/** Longest distance in the input between neighbouring positions of the layer chosen by default. */
const DEFAULT_JUMP = 8;
const DEFAULT_KINDS: readonly string[] = ['relu', 'leakyRelu', 'concat', 'clip'];

/** A layer that dreams well when none is named: of the maps at most 8 pixels apart, the one in the middle of the coarsest scale. */
export function defaultLayer(model: Model): LayerName {
  const maps = model.layers.filter(
    ({ kind, receptiveField, outputShape: [height, width] }) =>
      DEFAULT_KINDS.includes(kind) && Math.max(...receptiveField.jump) <= DEFAULT_JUMP && height * width > 1,
  );
  const coarsest = Math.max(...maps.map(({ receptiveField }) => receptiveField.jump[0]));
  const candidates = maps.filter(({ receptiveField }) => receptiveField.jump[0] === coarsest);
  const concats = candidates.filter(({ kind }) => kind === 'concat');
  const preferred = concats.length > 0 ? concats : candidates;
  return preferred[Math.floor((preferred.length - 1) / 2)]?.name ?? model.logits;
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
