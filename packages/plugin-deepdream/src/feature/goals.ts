import { type LayerInfo, type LayerName, LOGITS, type Model, PROBABILITIES } from '@featurescope/core';
import { defaultLayer } from '../dream/plan.js';
import {
  batchOfSeveral,
  diversityOfOne,
  noSuchUnits,
  positionOfDirection,
  severalTargets,
  wrongDirection,
  zeroDirection,
} from './errors.js';
import type { FeatureOptions } from './options.js';

/** What one picture is made for. */
export interface Goal {
  /** Channel of the layer; left out for a direction. */
  readonly unit?: number;
  /** One position of the channel; left out: the mean over all. */
  readonly at?: readonly [y: number, x: number];
  /** Which of several pictures of the same, from 1. */
  readonly copy?: number;
  /** As it stands below its picture: the number of the unit, or the label of a class. */
  readonly label: string;
}

/** All pictures of a run. */
export interface Goals {
  readonly layer: LayerInfo;
  readonly goals: readonly Goal[];
  /** One number for each channel of the layer. */
  readonly direction?: readonly number[];
  /** Layer in which the pictures of a batch are to differ. */
  readonly diverse?: LayerName;
}

/** Units of which a sheet is made when none are named. */
const DEFAULT_UNITS = 16;

/** Finds layer and units by name. @throws FeaturescopeError for unknown names and contradictory options */
export function goalsOf(model: Model, options: FeatureOptions): Goals {
  const { at, batch } = options;
  const given = (['unit', 'units', 'direction'] as const).filter((name) => options[name] !== undefined);
  if (given.length > 1) throw severalTargets(given.map((name) => `--${name}`));
  const layer = layerOf(model, options.layer ?? defaultLayer(model));
  const direction = directionOf(model, layer, options.direction);
  if (direction && at) throw positionOfDirection();
  const units = direction ? [undefined] : unitsOf(model, layer, options);
  if (batch > 1 && units.length > 1) throw batchOfSeveral(batch, units.length);
  const diverse = diverseLayer(model, layer, options);
  const single = units.map((unit) => ({
    ...(unit === undefined ? {} : { unit }),
    ...(at ? { at } : {}),
    label: unit === undefined ? 'direction' : (labelsOf(model, layer)?.[unit] ?? String(unit)),
  }));
  const goals =
    batch > 1
      ? single.flatMap((goal) => Array.from({ length: batch }, (_, i) => ({ ...goal, copy: i + 1, label: `${goal.label} ${i + 1}` })))
      : single;
  return { layer, goals, ...(direction && { direction }), ...(diverse !== undefined && { diverse }) };
}

/** A layer, or what the words logits and probabilities stand for. */
function layerOf(model: Model, reference: string | number): LayerInfo {
  const alias = { logits: LOGITS, probabilities: PROBABILITIES }[reference];
  const isName = model.layers.some(({ name }) => name === reference);
  return model.layer(alias && !isName ? model.resolve(alias) : reference);
}

function diverseLayer(model: Model, layer: LayerInfo, { batch, diversity, diversityLayer }: FeatureOptions): LayerName | undefined {
  if (batch === 1) {
    if (diversity !== undefined) throw diversityOfOne('--diversity');
    if (diversityLayer !== undefined) throw diversityOfOne('--diversity-layer');
    return undefined;
  }
  return diversity === 0 ? undefined : diversityLayer === undefined ? layer.name : layerOf(model, diversityLayer).name;
}

/** Labels of the classes that the channels of a layer are. */
const labelsOf = ({ labels, logits, probabilities }: Model, { name, outputShape }: LayerInfo): readonly string[] | undefined =>
  (name === logits || name === probabilities) && labels?.length === outputShape[2] ? labels : undefined;

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

function unitsOf(model: Model, layer: LayerInfo, { unit, units }: FeatureOptions): number[] {
  const channels = layer.outputShape[2];
  if (unit !== undefined) return [channelOf(model, layer, unit)];
  if (!units) return range(0, Math.min(DEFAULT_UNITS, channels) - 1);
  const named = units.flatMap((text) => {
    if (text === 'all') return range(0, channels - 1);
    const [, from, to] = /^(\d+)\.\.(\d+)$/.exec(String(text)) ?? [];
    if (from === undefined || to === undefined) return [channelOf(model, layer, text)];
    if (Number(from) > Number(to) || Number(to) >= channels) throw unknownUnits(model, layer, text);
    return range(Number(from), Number(to));
  });
  return [...new Set(named)];
}

/** A channel by its number, or where the channels are classes by its label. */
function channelOf(model: Model, layer: LayerInfo, reference: string | number): number {
  const number = typeof reference === 'number' ? reference : /^\d+$/.test(reference) ? Number(reference) : undefined;
  if (number === undefined) {
    if (labelsOf(model, layer)) return model.classIndex(reference);
    throw unknownUnits(model, layer, reference);
  }
  if (number >= layer.outputShape[2]) throw unknownUnits(model, layer, reference);
  return number;
}

const unknownUnits = (model: Model, layer: LayerInfo, text: string | number) =>
  noSuchUnits(String(text), layer.name, layer.outputShape[2], labelsOf(model, layer) !== undefined);

function directionOf(model: Model, layer: LayerInfo, given: FeatureOptions['direction']): readonly number[] | undefined {
  if (!given) return undefined;
  const channels = layer.outputShape[2];
  const vector = Array.isArray(given) ? given : new Array<number>(channels).fill(0);
  if (!Array.isArray(given)) for (const [unit, value] of Object.entries(given)) vector[channelOf(model, layer, unit)] = value;
  if (vector.length !== channels) throw wrongDirection(layer.name, vector.length, channels);
  if (vector.every((value) => value === 0)) throw zeroDirection();
  return vector;
}
