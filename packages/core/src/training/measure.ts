import { tensor4d } from '@tensorflow/tfjs-core';
import type { CompiledNetwork } from '../execution/executor.js';
import type { LayerName } from '../network/layer.js';
import { createBatch, fillPlain } from './batches.js';
import type { Measurement } from './events.js';
import type { TrainingExamples } from './examples.js';
import { countTopK, crossEntropy } from './metrics.js';

const LARGEST_BATCH = 250;

/** Loss and top-1/top-5 accuracy of the class scores at the layer `logits`, on examples as they are, without dropout. */
export async function measureAccuracy(
  compiled: CompiledNetwork,
  logits: LayerName,
  data: TrainingExamples,
  signal?: AbortSignal,
): Promise<Measurement> {
  const pictures = data.labels.length;
  const size = Math.ceil(pictures / Math.ceil(pictures / LARGEST_BATCH));
  const batch = createBatch(data, size);
  const order = Int32Array.from({ length: pictures }, (_, i) => i);
  let [loss, top1, top5] = [0, 0, 0];
  for (let done = 0; done < pictures; done += size) {
    // All batches have one size: the last begins with pictures that were measured before.
    const from = Math.min(done, pictures - size);
    fillPlain(batch, data, order, from);
    const input = tensor4d(batch.input, [size, data.height, data.width, data.channels]);
    const activations = await compiled.forward(input, [logits], signal ? { signal } : {}).finally(() => input.dispose());
    const tensor = activations.get(logits);
    const all = tensor ? new Float32Array(await tensor.data()) : new Float32Array();
    for (const activation of activations.values()) activation.dispose();
    const classes = all.length / size;
    const scores = all.subarray((done - from) * classes);
    const labels = batch.labels.subarray(done - from);
    for (let i = 0; i < labels.length; i++) loss += crossEntropy(scores.subarray(i * classes, (i + 1) * classes), labels[i] ?? 0);
    top1 += countTopK(scores, labels, 1);
    top5 += countTopK(scores, labels, 5);
  }
  return { loss: loss / pictures, top1: top1 / pictures, top5: top5 / pictures, pictures };
}
