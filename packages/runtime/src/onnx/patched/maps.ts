import type { Box, CompiledNetwork, LayerName, Shape } from '@featurescope/core';
import { dispose, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Numbers } from '../session.js';
import { numbersOf } from '../tensors.js';

/** Activations of the unchanged picture, in buffers of their own. */
export async function unchangedMaps(
  compiled: Pick<CompiledNetwork, 'network' | 'forward'>,
  picture: Tensor4D,
  layers: readonly LayerName[],
): Promise<ReadonlyMap<LayerName, Numbers>> {
  const input = compiled.network.input.name;
  const found = await compiled.forward(
    picture,
    layers.filter((layer) => layer !== input),
  );
  try {
    const maps = new Map<LayerName, Numbers>();
    for (const [layer, tensor] of [...found, [input, picture] as const]) {
      const { data, dims } = await numbersOf(tensor);
      maps.set(layer, { data: data.slice(), dims });
    }
    return maps;
  } finally {
    dispose([...found.values()]);
  }
}

/** A map as rows, and rows of one value each below. */
export function withRows({ data, dims }: Numbers, values: readonly number[]): Numbers {
  const channels = dims.at(-1) ?? 1;
  const all = new Float32Array(data.length + values.length * channels);
  all.set(data);
  for (const [i, value] of values.entries()) all.fill(value, data.length + i * channels, data.length + (i + 1) * channels);
  return { data: all, dims: [all.length / channels, channels] };
}

/** Whole maps: the unchanged one with the changed rows of each patch put in. */
export function assembled(
  unchanged: Float32Array,
  [height, width, channels]: Shape,
  rows: Float32Array,
  boxes: readonly Box[],
): Float32Array {
  const size = height * width * channels;
  const all = new Float32Array(boxes.length * size);
  let at = 0;
  for (const [n, { top, left, height: tall, width: wide }] of boxes.entries()) {
    if (tall !== height || wide !== width) all.set(unchanged, n * size);
    const run = wide * channels;
    for (let y = top; y < top + tall; y++, at += run) all.set(rows.subarray(at, at + run), n * size + (y * width + left) * channels);
  }
  return all;
}

/** All numbers in one array; the array itself where there is only one. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
