import type { Artifact, LayerName } from '@featurescope/core';
import type { Seen } from './course.js';

/** The projections of a unit, [checkpoints, H, W, C]: one tensor for each size there is, since checkpoints may see pictures of several. */
export function projectionTensors(
  layer: LayerName,
  unit: number,
  place: number,
  seen: readonly Seen[],
  names: readonly string[],
): readonly Artifact[] {
  const cells = seen.flatMap(({ cells: all }, i) => {
    const cell = all.get(layer)?.[place];
    return cell ? [{ ...cell, checkpoint: names[i] ?? '' }] : [];
  });
  const sizes = [...new Set(cells.map(({ shape }) => shape.join()))];
  return sizes.map((size, i) => {
    const alike = cells.filter(({ shape }) => shape.join() === size);
    const shape = alike[0]?.shape ?? [0, 0, 0];
    const length = shape[0] * shape[1] * shape[2];
    const data = new Float32Array(alike.length * length);
    for (const [k, { values }] of alike.entries()) data.set(values, k * length);
    const description = `projections at ${alike.map(({ checkpoint }) => checkpoint).join(', ')}`;
    const name = i === 0 ? 'projection' : `projection-${i + 1}`;
    return { kind: 'tensor', name, layer, unit, shape: [alike.length, ...shape], data, description };
  });
}
