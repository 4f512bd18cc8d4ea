import { type Extent, type InputSpec, inferShapes, type LayerName, type Model } from '@featurescope/core';
import { badCycle, cycleAndLayers, noSuchSize, weightsDoNotMatch } from '../errors.js';
import { octaveSizes } from '../loop/octaves.js';
import { stepSizes } from '../loop/options.js';
import type { DreamOptions } from './options.js';

/** Longest distance in the input between neighbouring positions of the layer chosen by default. */
const DEFAULT_JUMP = 8;
const DEFAULT_KINDS: readonly string[] = ['relu', 'leakyRelu', 'concat', 'clip'];
/** Step of google/deepdream, in grey levels. */
const DEFAULT_STEP = 1.5;

/** The layer that is excited when none is named: the last whose positions are at most 8 pixels apart. It sees objects, and is fine enough for many. */
export function defaultLayer(model: Pick<Model, 'layers' | 'logits'>): LayerName {
  const maps = model.layers.filter(
    ({ kind, receptiveField, outputShape: [height, width] }) =>
      DEFAULT_KINDS.includes(kind) && Math.max(...receptiveField.jump) <= DEFAULT_JUMP && height * width > 1,
  );
  return maps.at(-1)?.name ?? model.logits;
}

/** Largest random shift in pixels: as given, or in proportion that of google/deepdream, 32 for a network of 224×224. */
export const jitterOf = ({ size }: Pick<InputSpec, 'size'>, { jitter }: Pick<DreamOptions, 'jitter'>): number =>
  jitter ?? Math.min(32, Math.round(Math.min(...size) / 7));

/** Layers with their weights that are excited together by one step. */
export interface Turn {
  readonly layers: readonly { readonly layer: LayerName; readonly weight: number }[];
  /** Per channel, in input units. */
  readonly step: readonly number[];
}

type TurnOptions = Pick<DreamOptions, 'cycle' | 'layers' | 'weights' | 'step' | 'stepRule'>;

/** What each iteration does in turn: one step for all layers, or one for each of a cycle. @throws FeaturescopeError for what does not go together */
export function turns(model: Model, options: TurnOptions, visualizer: string): Turn[] {
  const { cycle, layers, weights } = options;
  if (cycle) {
    if (layers ?? weights) throw cycleAndLayers(visualizer, layers ? '--layers' : '--weights');
    return cycle.map((text) => {
      const [name = '', given, ...rest] = splitAtLast(text);
      const step = given === undefined ? options.step : Number(given);
      if (name === '' || rest.length > 0 || (step !== undefined && !(step > 0 && Number.isFinite(step)))) throw badCycle(visualizer, text);
      const { name: layer } = model.layer(reference(name));
      return { layers: [{ layer, weight: 1 }], step: stepSizes(model.input, { ...options, step }, DEFAULT_STEP, visualizer) };
    });
  }
  const names = layers?.map((layer) => model.layer(layer).name) ?? [defaultLayer(model)];
  if (weights && weights.length !== names.length) throw weightsDoNotMatch(visualizer, weights.length, names.length);
  const together = names.map((layer, i) => ({ layer, weight: weights?.[i] ?? 1 }));
  return [{ layers: together, step: stepSizes(model.input, options, DEFAULT_STEP, visualizer) }];
}

/** Whether each layer of a cycle has a step of its own. */
export const hasOwnSteps = ({ cycle }: Pick<DreamOptions, 'cycle'>): boolean => cycle?.every((text) => text.includes('@')) ?? false;

/** `name@step`; names may hold an @ of their own when a step follows. */
function splitAtLast(text: string): string[] {
  const at = text.lastIndexOf('@');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

const reference = (name: string): string | number => (/^\d+$/.test(name) ? Number(name) : name);

export const layersOf = (all: readonly Turn[]): LayerName[] => [...new Set(all.flatMap(({ layers }) => layers.map(({ layer }) => layer)))];

/** Whether a picture of this size reaches all the layers. */
export function fits(model: Model, layers: readonly LayerName[], size: Extent): boolean {
  try {
    inferShapes(model.network, [size[0], size[1], model.input.channels], layers);
    return true;
  } catch {
    return false;
  }
}

/** The model, or where its dense layers do not take this size, the same with dense layers as convolutions. @throws FeaturescopeError when neither takes it */
export async function modelFor(model: Model, layers: readonly LayerName[], size: Extent, visualizer: string): Promise<Model> {
  if (fits(model, layers, size)) return model;
  const spread = await model.convolutional();
  if (fits(spread, layers, size)) return spread;
  throw noSuchSize(visualizer, size, layers, model);
}

/** What a pass sees of a picture of this size: all of it, or a tile of the size asked for. */
export const seenAtOnce = (size: Extent, { tileSize }: Pick<DreamOptions, 'tileSize'>): Extent =>
  tileSize ? [Math.min(tileSize[0], size[0]), Math.min(tileSize[1], size[1])] : size;

/** Octave sizes from small to large, without those too small for the layers. */
export const plannedSizes = (
  model: Model,
  layers: readonly LayerName[],
  full: Extent,
  options: Pick<DreamOptions, 'octaves' | 'octaveScale' | 'tileSize'>,
): Extent[] => octaveSizes(full, options.octaves, options.octaveScale).filter((size) => fits(model, layers, seenAtOnce(size, options)));
