import type { LayerName } from '../network/layer.js';
import { defineObjective } from './define-objective.js';
import type { Objective } from './objective.js';

/** ‖a‖², gradient 2a: strengthens whatever a layer sees (Mordvintsev, Olah & Tyka, Inceptionism, 2015; theirs is half of it). */
export const l2Norm = (layer: LayerName): Objective =>
  defineObjective({
    name: `l2(${layer})`,
    seed: { layer, form: 'squares' },
  });
