import type { Tensor4D } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Model } from '../model/model.js';
import type { Shape } from '../network/layer.js';
import type { LayerInfo } from '../network/network.js';
import { inferShapes } from '../network/shapes.js';
import { neuron } from '../objectives/neuron.js';
import { type Objective, PROBABILITIES } from '../objectives/objective.js';
import { conflictingTarget, optionNeeds, positionOutOfRange, unitOutOfRange } from './errors.js';
import { strongestUnit } from './strongest-unit.js';

const whole = z.number().int().min(0);

/** Option fields that address a target; spread them into the options of a visualizer. */
export const targetOptions = {
  class: z
    .union([whole, z.string().min(1)])
    .optional()
    .describe('Class, by its index from 0 or its label. Default: the strongest one'),
  of: z.enum(['logits', 'probabilities']).default('logits').describe('What of a class: its score before the softmax, or its probability'),
  layer: z
    .union([z.number().int().min(1), z.string().min(1)])
    .optional()
    .describe('Layer, by its exact name or its index from 1'),
  unit: whole.optional().describe('Channel of the layer, from 0. Default: the strongest channel'),
  at: z.tuple([whole, whole]).optional().describe('Row and column of the unit. Default: its strongest position on the input'),
};

const schema = z.object(targetOptions);

export type TargetOptions = z.output<typeof schema>;

/** What was addressed, as far as it is known without an input. */
export interface TargetReference {
  readonly layer: LayerInfo;
  readonly unit?: number;
  readonly at?: readonly [y: number, x: number];
}

/** One unit at one position of a layer on one input. */
export interface Target {
  readonly layer: LayerInfo;
  readonly unit: number;
  readonly at: readonly [y: number, x: number];
  /** Its activation. */
  readonly value: number;
  /** The activation as an objective. */
  readonly objective: Objective;
}

/** Finds layer and unit by name. Call it before any work. @throws FeaturescopeError for unknown names and contradictory options */
export function findTarget(model: Model, options: TargetOptions, visualizer: string): TargetReference {
  const { class: wanted, of = 'logits', layer: reference, unit, at } = options;
  const position = at ? { at } : {};
  if (reference !== undefined) {
    if (wanted !== undefined) throw conflictingTarget(visualizer, 'a class', 'a layer');
    if (of === 'probabilities') throw conflictingTarget(visualizer, '"of: probabilities"', 'a layer');
    const layer = model.layer(reference);
    if (unit !== undefined && unit >= layer.outputShape[2]) throw unitOutOfRange(layer.name, unit, layer.outputShape[2]);
    return { layer, ...(unit === undefined ? {} : { unit }), ...position };
  }
  if (unit !== undefined)
    throw wanted === undefined ? optionNeeds(visualizer, 'a unit', 'a layer') : conflictingTarget(visualizer, 'a unit', 'a class');
  const layer = model.layer(of === 'probabilities' ? model.resolve(PROBABILITIES) : model.logits);
  return { layer, ...(wanted === undefined ? {} : { unit: model.classIndex(wanted) }), ...position };
}

/**
 * Shape of the layer on an input [N, H, W, C], from the graph alone: where it is a single place, a given unit needs no pass to be
 * found. @throws FeaturescopeError when the position lies outside the layer on this input
 */
export function targetMap({ network }: Pick<Model, 'network'>, image: Pick<Tensor4D, 'shape'>, { layer, at }: TargetReference): Shape {
  const shape = inferShapes(network, [image.shape[1], image.shape[2], image.shape[3]], [layer.name]).get(layer.name) ?? layer.outputShape;
  if (at && (at[0] >= shape[0] || at[1] >= shape[1])) throw positionOutOfRange(layer.name, at, [shape[0], shape[1]]);
  return shape;
}

/**
 * The target on one input [1, H, W, C]: the strongest channel and position where none was given, the first of equals in
 * row-major order. @throws FeaturescopeError when the position lies outside the layer on this input
 */
export async function resolveTarget(model: Model, image: Tensor4D, { layer, unit, at }: TargetReference): Promise<Target> {
  const activations = await model.activations(image, [layer.name]);
  const tensor = activations.get(layer.name);
  try {
    const [, height = 0, width = 0, channels = 0] = tensor?.shape ?? [];
    if (at && (at[0] >= height || at[1] >= width)) throw positionOutOfRange(layer.name, at, [height, width]);
    const values = (await tensor?.data()) ?? new Float32Array();
    const found = strongestUnit(values, [height, width, channels], { ...(unit === undefined ? {} : { unit }), ...(at ? { at } : {}) });
    return { layer, ...found, objective: neuron(layer.name, found.at[0], found.at[1], found.unit) };
  } finally {
    for (const activation of activations.values()) activation.dispose();
  }
}

/** A target in words: `class 3 (cat)`, or `conv5, unit 12 at (4, 7)`. */
export function describeTarget(model: Model, { layer, unit, at }: Pick<Target, 'layer' | 'unit' | 'at'>): string {
  if (layer.name !== model.logits && layer.name !== model.probabilities) return `${layer.name}, unit ${unit} at (${at[0]}, ${at[1]})`;
  const label = model.labels?.[unit];
  return label ? `class ${unit} (${label})` : `class ${unit}`;
}
