import {
  channel,
  classScore,
  defineObjective,
  type Extent,
  type LayerKind,
  LOGITS,
  layerByName,
  type Model,
  type Objective,
  positiveSquaredClassScore,
  type SeedForm,
  squaredClassScore,
} from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { centreOf, type Positions } from './positions.js';

/** What of the score S_k before the softmax is maximised. */
export const SCORES = ['logit', 'squared', 'positive-squared'] as const;
export type Score = (typeof SCORES)[number];

/** The function of S_k, as an executor and as tensor operations have it. */
interface Form {
  readonly mean: (k: number) => Objective;
  readonly form: SeedForm;
  of(score: tf.Tensor4D): tf.Tensor4D;
}

const FORMS: Readonly<Record<Score, Form>> = {
  /** S_k (Simonyan, Vedaldi & Zisserman, 2013) */
  logit: { mean: classScore, form: 'sum', of: (score) => score },
  /** S_k² (Hasson, 2017) */
  squared: { mean: squaredClassScore, form: 'squares', of: (score) => tf.square(score) },
  /** max(S_k, 0)² */
  'positive-squared': { mean: positiveSquaredClassScore, form: 'positiveSquares', of: (score) => tf.square(tf.relu(score)) },
};

/** f(S_k) over a map of scores of this size: its mean over positions, f at the middle, or f where S_k is highest. */
export function scoreObjective(k: number, score: Score, positions: Positions, map: Extent): Objective {
  const { mean, form, of } = FORMS[score];
  const name = `${score}(${k}, ${positions})`;
  switch (positions) {
    case 'mean':
      return mean(k);
    case 'centre': {
      const [y, x] = centreOf(map);
      return defineObjective({
        name,
        layers: [LOGITS],
        value: (at) => tf.sum(of(tf.slice(at(LOGITS), [0, y, x, k], [-1, 1, 1, 1]))),
        seed: { layer: LOGITS, form, units: [{ channel: k, at: [y, x] }] },
      });
    }
    case 'max':
      return defineObjective({
        name,
        layers: [LOGITS],
        value: (at) => tf.sum(of(tf.max(tf.slice(at(LOGITS), [0, 0, 0, k], [-1, -1, -1, 1]), [1, 2], true))),
      });
  }
}

/** Layers that leave the classes where they are. */
const PASSING: readonly LayerKind[] = ['globalAvgPool', 'avgPool', 'dropout', 'identity'];

/**
 * The way up where a ReLU behind the scores, as in SqueezeNet, lets no gradient through: the mean of the class before the ReLU (the redirected
 * ReLU of lucid, Olah, Mordvintsev & Schubert, 2017). Undefined when there is no such ReLU.
 */
export function redirectedObjective({ network, logits }: Pick<Model, 'network' | 'logits'>, k: number): Objective | undefined {
  let layer = layerByName(network, logits);
  while (layer && PASSING.includes(layer.kind)) layer = layerByName(network, layer.inputs[0] ?? '');
  const before = layer?.kind === 'relu' ? layer.inputs[0] : undefined;
  return before === undefined ? undefined : channel(before, k);
}
