import { type Box, type LayerName, type Model, type PatchedPasses, patchedPasses, type Shape } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { batchSizeFor } from '../occlusion/batch-size.js';
import { valuesIn } from '../values-in.js';
import { signsOf, toleranceOf } from './consistency.js';
import type { StudiedPicture } from './pictures.js';

export interface HideRequest {
  readonly layers: readonly LayerName[];
  readonly boxes: readonly Box[];
  /** Most changed pictures in one pass. Default: by memory. */
  readonly batchSize: number | undefined;
  readonly abort: AbortSignal;
}

/** The signs of the change of each layer, in the order of the layers, box by box as they come. */
export async function* signsWithout(
  model: Model,
  { values, baseline, shape }: Pick<StudiedPicture, 'values' | 'baseline' | 'shape'>,
  { layers, boxes, batchSize: most, abort }: HideRequest,
): AsyncGenerator<readonly Int8Array[]> {
  const outputs = layers.map((layer) => ({ layer }));
  const picture = tf.tensor4d(values, [1, ...shape]);
  const passes = await patchedPasses(model.compiled, picture, outputs).finally(() => picture.dispose());
  try {
    const original = await unchanged(passes, values, shape, abort);
    const largest = [Math.max(...boxes.map(({ height }) => height)), Math.max(...boxes.map(({ width }) => width))] as const;
    const batchSize = most ?? batchSizeFor(model.network, shape, largest, layers, passes);
    const tolerances = original.map(toleranceOf);
    for (let first = 0; first < boxes.length; first += batchSize) {
      const patches = boxes.slice(first, first + batchSize).map((box) => ({ box, values: valuesIn(baseline, shape, box) }));
      const found = await passes.forward(patches, abort);
      for (let n = 0; n < patches.length; n++)
        yield original.map((features, l) => {
          const occluded = (found[l] ?? new Float32Array()).subarray(n * features.length, (n + 1) * features.length);
          return signsOf(features, occluded, tolerances[l] ?? 0);
        });
    }
  } finally {
    passes.dispose();
  }
}

/** Features of the picture itself, made by the same passes: one pixel is replaced by itself. */
function unchanged(passes: PatchedPasses, values: Float32Array, shape: Shape, abort: AbortSignal): Promise<readonly Float32Array[]> {
  const box = { top: 0, left: 0, height: 1, width: 1 };
  return passes.forward([{ box, values: valuesIn(values, shape, box) }], abort);
}
