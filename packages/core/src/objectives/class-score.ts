import * as tf from '@tensorflow/tfjs-core';
import { defineObjective } from './define-objective.js';
import { LOGITS, type Objective } from './objective.js';
import { channelOf, perPicture } from './selection.js';

/** S_k, the score of class k before the softmax; its mean over positions for inputs larger than the network's (Simonyan, Vedaldi & Zisserman, 2013). */
export const classScore = (k: number): Objective =>
  defineObjective({
    name: `class-score(${k})`,
    layers: [LOGITS],
    value: (at) => perPicture(channelOf(at(LOGITS), k), tf.mean),
    seed: { layer: LOGITS, form: 'sum', units: [{ channel: k }], mean: true },
  });
