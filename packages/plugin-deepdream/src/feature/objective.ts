import { direction, diversity, type LayerName, type Objective, units } from '@featurescope/core';
import type { Goal, Goals } from './goals.js';

/** Σ of what each picture of a batch is made for: its unit, its neuron, or the direction that all follow. */
export function goalObjective({ layer, direction: vector }: Pick<Goals, 'layer' | 'direction'>, batch: readonly Goal[]): Objective {
  if (vector) return direction(layer.name, vector);
  return units(
    layer.name,
    batch.map(({ unit = 0, at }) => ({ channel: unit, ...(at ? { at } : {}) })),
  );
}

/**
 * The same and how much the pictures differ in a layer: N · (mean activation + weight · diversity), with the diversity of Olah, Mordvintsev &
 * Schubert, Feature visualization, 2017. The factor N makes the step of a picture independent of the size of its batch.
 */
export const diverseObjective = (goals: Objective, layer: LayerName, weight: number, pictures: number): Objective =>
  goals.plus(diversity(layer).times(weight * pictures));
