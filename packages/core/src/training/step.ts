import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import type { CompiledNetwork, WeightGradientResult } from '../execution/executor.js';
import { GRADIENT } from '../execution/policy.js';
import type { LayerName } from '../network/layer.js';
import type { WeightName } from '../network/network.js';
import type { Batch } from './batches.js';
import { countTopK } from './metrics.js';

/** What one pass over a batch gives. */
export interface StepResult {
  /** Of the mean loss. */
  readonly gradients: ReadonlyMap<WeightName, Float32Array>;
  /** Summed over the batch. */
  readonly loss: number;
  /** Pictures whose label has the largest score. */
  readonly right: number;
}

/** Gradient of the mean cross-entropy of a batch with respect to the weights. */
export async function batchGradient(
  compiled: CompiledNetwork,
  logits: LayerName,
  batch: Batch,
  shape: readonly [number, number, number],
  dropout: ReadonlyMap<LayerName, Tensor4D>,
  signal?: AbortSignal,
): Promise<StepResult> {
  const size = batch.labels.length;
  const input = tensor4d(batch.input, [size, ...shape]);
  let result: WeightGradientResult;
  try {
    result = await compiled.weightGradient({
      input,
      seeds: [{ layer: logits, form: { crossEntropy: batch.labels }, weight: 1 / size }],
      policy: GRADIENT,
      wanted: [logits],
      dropout,
      ...(signal && { signal }),
    });
  } finally {
    input.dispose();
    for (const mask of dropout.values()) mask.dispose();
  }
  const scores = await result.activations.get(logits)?.data();
  for (const activation of result.activations.values()) activation.dispose();
  const losses = result.values[0] ?? new Float32Array();
  return {
    gradients: result.gradients,
    loss: losses.reduce((sum, value) => sum + value, 0),
    right: scores instanceof Float32Array ? countTopK(scores, batch.labels, 1) : 0,
  };
}

/** Scales gradients down, in place, so that all of them together are no longer than `limit` (Pascanu et al. 2013). */
export function clipGradients(gradients: ReadonlyMap<WeightName, Float32Array>, limit: number): void {
  let squares = 0;
  for (const gradient of gradients.values()) for (let i = 0; i < gradient.length; i++) squares += (gradient[i] ?? 0) ** 2;
  const norm = Math.sqrt(squares);
  if (norm <= limit) return;
  for (const gradient of gradients.values()) for (let i = 0; i < gradient.length; i++) gradient[i] = ((gradient[i] ?? 0) * limit) / norm;
}
