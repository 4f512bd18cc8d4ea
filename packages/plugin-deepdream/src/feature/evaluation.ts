import type { BackwardPolicy, Model, Objective } from '@featurescope/core';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { type Canvas, readAll } from '../loop/canvas.js';
import type { Evaluation, View } from '../loop/evaluation.js';
import { fieldOfTensor } from '../loop/gradient-field.js';

/**
 * The signal passes neurons that are off, as long as it raises them: how lucid (`redirected_relu_grad`) gets a start where a
 * rectified unit is off everywhere.
 */
export const REDIRECTED: BackwardPolicy = {
  name: 'redirected-relu',
  relu: { forwardMask: false, rectifySignal: true },
  maxPool: 'switches',
  lrn: 'gradient',
};

export interface GoalRequest {
  readonly model: Model;
  /** Its first term is what the pictures are made for. */
  readonly objective: Objective;
  readonly view: View;
  /** Whether pictures without any gradient get one by the policy above. */
  readonly redirect: boolean;
  readonly signal: AbortSignal;
}

/** Value for each picture of the first term, and the whole evaluation with values divided by the number of pictures. */
export interface GoalEvaluation extends Evaluation {
  readonly activations: Float32Array;
}

/** One pass for a whole batch. */
export async function evaluateGoals(canvas: Canvas, { model, objective, view, redirect, signal }: GoalRequest): Promise<GoalEvaluation> {
  const parameters = readAll(canvas);
  const seen = tf.tidy(() => view.look(parameters));
  try {
    const { value, terms, perPicture, gradient } = await model.gradient(seen, objective, { signal });
    const used = redirect
      ? await withRedirected(gradient, async () => (await model.gradient(seen, objective, { signal, policy: REDIRECTED })).gradient)
      : gradient;
    try {
      const pictures = canvas.shape[0];
      const [[main = '', total = 0] = [], ...others] = terms;
      return {
        value: value / pictures,
        series: new Map<string, number>(
          others.length > 0
            ? [
                ['activation', total / pictures],
                ['diversity', others[0]?.[1] ?? 0],
              ]
            : [],
        ),
        activations: perPicture.get(main) ?? new Float32Array(),
        gradient: fieldOfTensor(tf.tidy(() => view.pull(parameters, used))),
      };
    } finally {
      used.dispose();
    }
  } finally {
    tf.dispose([parameters, seen]);
  }
}

/** Which pictures of a batch have no gradient at all: their objective is flat here, since a rectified unit is off. */
export async function withoutGradient(gradient: Tensor4D): Promise<boolean[]> {
  const largest: Tensor1D = tf.tidy(() => tf.max(tf.abs(gradient), [1, 2, 3]));
  try {
    return Array.from(await largest.data(), (value) => value === 0);
  } finally {
    largest.dispose();
  }
}

/** The gradient, where it is 0 for a whole picture replaced by another one; disposes what it does not return. */
async function withRedirected(gradient: Tensor4D, other: () => Promise<Tensor4D>): Promise<Tensor4D> {
  try {
    const flat = await withoutGradient(gradient);
    if (!flat.includes(true)) return gradient;
    const redirected = await other();
    const merged = tf.tidy(() => tf.where(tf.tensor4d(flat.map(Number), [flat.length, 1, 1, 1], 'bool'), redirected, gradient));
    tf.dispose([gradient, redirected]);
    return merged;
  } catch (error) {
    gradient.dispose();
    throw error;
  }
}
