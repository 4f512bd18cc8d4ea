import { tensor4d } from '@tensorflow/tfjs-core';
import type { CompiledNetwork } from '../execution/executor.js';
import type { LayerName } from '../network/layer.js';
import { createBatch, fillPlain } from './batches.js';
import type { Measurement } from './events.js';
import type { TrainingExamples } from './examples.js';
import { countTopK, crossEntropy } from './metrics.js';

const LARGEST_BATCH = 250;

/** Largest divisor of `n` that is at most `limit`, so that all batches have one size. */
function evenBatch(n: number, limit: number): number {
  for (let size = Math.min(n, limit); size > 1; size--) if (n % size === 0) return size;
  return 1;
}

/** Loss and top-1/top-5 accuracy of the class scores at the layer `logits`, on examples as they are, without dropout. */
export async function measureAccuracy(
  compiled: CompiledNetwork,
  logits: LayerName,
  data: TrainingExamples,
  signal?: AbortSignal,
): Promise<Measurement> {
  const pictures = data.labels.length;
  const size = evenBatch(pictures, LARGEST_BATCH);
  const batch = createBatch(data, size);
  const order = Int32Array.from({ length: pictures }, (_, i) => i);
  let [loss, top1, top5] = [0, 0, 0];
  for (let from = 0; from < pictures; from += size) {
    fillPlain(batch, data, order, from);
    const input = tensor4d(batch.input, [size, data.height, data.width, data.channels]);
    const activations = await compiled.forward(input, [logits], signal ? { signal } : {}).finally(() => input.dispose());
    const tensor = activations.get(logits);
    const scores = tensor ? new Float32Array(await tensor.data()) : new Float32Array();
    for (const activation of activations.values()) activation.dispose();
    const classes = scores.length / size;
    for (let i = 0; i < size; i++) loss += crossEntropy(scores.subarray(i * classes, (i + 1) * classes), batch.labels[i] ?? 0);
    top1 += countTopK(scores, batch.labels, 1);
    top5 += countTopK(scores, batch.labels, 5);
  }
  return { loss: loss / pictures, top1: top1 / pictures, top5: top5 / pictures, pictures };
}
