import type { Model, Objective } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

export interface PathRequest {
  /** Points of the midpoint rule. */
  readonly steps: number;
  /** Most points in one pass. */
  readonly batchSize: number;
  readonly abort: AbortSignal;
}

/** State after a pass: points done, and the integral [H, W, C] once all are. */
export interface PathProgress {
  readonly done: number;
  readonly integral?: Float32Array;
}

/**
 * (x − b) ⊙ ∫₀¹ ∂f(b + α (x − b)) / ∂x dα on pictures [1, H, W, C] by the midpoint rule at α = (k − ½) / m (Sundararajan et al. 2017,
 * equations 1 and 3, which take right ends of intervals where this takes middles: the error falls with m² instead of m).
 */
export async function* pathGradient(
  model: Model,
  [x, b]: readonly [Tensor4D, Tensor4D],
  objective: Objective,
  { steps, batchSize, abort }: PathRequest,
): AsyncGenerator<PathProgress> {
  const difference: Tensor4D = tf.sub(x, b);
  let sum: Tensor4D = tf.zerosLike(x);
  try {
    const size = Math.ceil(steps / Math.ceil(steps / batchSize));
    for (let from = 0; from < steps; from += size) {
      abort.throwIfAborted();
      const done = Math.min(from + size, steps);
      const alphas = Array.from({ length: done - from }, (_, i) => (from + i + 0.5) / steps);
      const points: Tensor4D = tf.tidy(() => tf.add(b, tf.mul(difference, tf.tensor4d(alphas, [alphas.length, 1, 1, 1]))));
      const more = await summedGradient(model, points, objective, abort);
      const before = sum;
      sum = tf.add(before, more);
      tf.dispose([before, more]);
      yield done < steps ? { done } : { done, integral: await scaled(difference, sum, steps) };
    }
  } finally {
    tf.dispose([difference, sum]);
  }
}

async function scaled(difference: Tensor4D, sum: Tensor4D, steps: number): Promise<Float32Array> {
  const integral: Tensor4D = tf.tidy(() => tf.div(tf.mul(difference, sum), steps));
  return integral.data<'float32'>().finally(() => integral.dispose());
}

/** Σ_n ∂f/∂x at the n-th point; disposes the points. */
async function summedGradient(model: Model, points: Tensor4D, objective: Objective, signal: AbortSignal): Promise<Tensor4D> {
  try {
    const { gradient, activations } = await model.gradient(points, objective, { signal });
    const sum: Tensor4D = tf.sum(gradient, 0, true);
    tf.dispose([gradient, ...activations.values()]);
    return sum;
  } finally {
    points.dispose();
  }
}
