import * as tf from '@tensorflow/tfjs-core';
import { defineObjective } from './define-objective.js';
import { type Objective, PROBABILITIES } from './objective.js';
import { channelOf, perPicture } from './selection.js';

/** p_k, the output of the final softmax; can also rise because other scores fall (Simonyan, Vedaldi & Zisserman, 2013, section 2). */
export const classProbability = (k: number): Objective =>
  defineObjective({
    name: `class-probability(${k})`,
    layers: [PROBABILITIES],
    value: (at) => perPicture(channelOf(at(PROBABILITIES), k), tf.mean),
    seed: { layer: PROBABILITIES, form: 'sum', units: [{ channel: k }], mean: true },
  });
