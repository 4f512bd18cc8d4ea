import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Shape } from '../../network/layer.js';
import { inferShapes } from '../../network/shapes.js';
import type { CompiledNetwork } from '../executor.js';
import type { Patch, PatchedPasses, PatchOutput } from './patched-passes.js';

/** Passes over whole pictures, all patches of a call in one batch. `picture` is [1, H, W, C]. */
export async function batchedPasses(compiled: CompiledNetwork, picture: Tensor4D, outputs: readonly PatchOutput[]): Promise<PatchedPasses> {
  const [, height, width, channels] = picture.shape;
  const base = new Float32Array(await picture.data());
  const layers = [...new Set(outputs.map(({ layer }) => layer))];
  const shapes = inferShapes(compiled.network, [height, width, channels], layers);
  return {
    manner: 'batched',
    shapes: outputs.map((output) => patchOutputShape(shapes.get(output.layer), output)),
    async forward(patches, signal) {
      const size = base.length;
      const pictures = new Float32Array(patches.length * size);
      for (const [n, patch] of patches.entries()) {
        pictures.set(base, n * size);
        paste(pictures.subarray(n * size, (n + 1) * size), [height, width, channels], patch);
      }
      const batch = tf.tensor4d(pictures, [patches.length, height, width, channels]);
      try {
        const found = await compiled.forward(batch, layers, signal ? { signal } : {});
        try {
          const values = new Map(
            await Promise.all([...found].map(async ([layer, tensor]) => [layer, (await tensor.data()) as Float32Array] as const)),
          );
          return outputs.map((output) =>
            chosenChannels(values.get(output.layer) ?? new Float32Array(), shapes.get(output.layer)?.[2] ?? 1, output),
          );
        } finally {
          tf.dispose([...found.values()]);
        }
      } finally {
        batch.dispose();
      }
    },
    dispose: () => undefined,
  };
}

/** Shape of an output of a layer of this shape. */
export const patchOutputShape = ([height, width, all]: Shape = [0, 0, 0], { channels }: PatchOutput): Shape => [
  height,
  width,
  channels?.length ?? all,
];

/** Puts a patch in its place. */
export function paste(picture: Float32Array, [, width, channels]: Shape, { box, values }: Patch): void {
  const row = box.width * channels;
  for (let y = 0; y < box.height; y++) picture.set(values.subarray(y * row, (y + 1) * row), ((box.top + y) * width + box.left) * channels);
}

/** The channels asked for of values whose last axis has `all` channels. */
export function chosenChannels(values: Float32Array, all: number, { channels }: PatchOutput): Float32Array {
  if (!channels) return new Float32Array(values);
  const rows = values.length / all;
  const result = new Float32Array(rows * channels.length);
  for (let row = 0; row < rows; row++)
    for (const [i, channel] of channels.entries()) result[row * channels.length + i] = values[row * all + channel] ?? 0;
  return result;
}
