import type { Model, Shape } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';

export interface Found {
  readonly item: number;
  readonly value: number;
  readonly at: readonly [number, number];
}

/** The strongest activations of every unit of a layer, one picture after the other, by sorting all of them. */
export async function bruteForce(
  model: Model,
  layer: string,
  inputs: readonly { readonly shape: Shape; readonly values: Float32Array }[],
  top: number,
): Promise<readonly (readonly Found[])[]> {
  const all: Found[][] = [];
  for (const [item, { shape, values }] of inputs.entries()) {
    const input = tf.tensor4d(values.slice(), [1, ...shape]);
    const activation = (await model.activations(input, [layer])).get(layer);
    const map = (await activation?.array())?.[0] ?? [];
    tf.dispose([input, ...(activation ? [activation] : [])]);
    map[0]?.[0]?.forEach((_, unit) => {
      const positions = map.flatMap((row, y) => row.map((cell, x): Found => ({ item, value: cell[unit] ?? 0, at: [y, x] })));
      all[unit] = [...(all[unit] ?? []), positions.reduce((best, one) => (one.value > best.value ? one : best))];
    });
  }
  return all.map((found) => found.toSorted((a, b) => b.value - a.value || a.item - b.item).slice(0, top));
}
