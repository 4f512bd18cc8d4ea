import type { Box } from '@featurescope/core';
import { addWeighted, type Canvas, crop } from './canvas.js';
import type { Evaluation } from './evaluation.js';
import type { Workspace } from './workspace.js';

/** A tile and the weights of its rows and columns; the weights of all tiles add up to 1 at every pixel. */
export interface WeightedBox {
  readonly box: Box;
  readonly rows: Float32Array;
  readonly columns: Float32Array;
}

/**
 * The gradient over a whole canvas put together from tiles: Σ weight · gradient of the tile. The values are added up and scaled to the
 * area of the picture, which tiles that overlap exceed. The gradient of a tile may be written over it.
 */
export async function evaluateTiles(
  canvas: Canvas,
  tiles: readonly WeightedBox[],
  space: Workspace,
  evaluate: (tile: Canvas, box: Box) => Promise<Evaluation>,
): Promise<Evaluation> {
  const { shape } = canvas;
  const gradient = space.scratch('gradient', shape);
  gradient.data.fill(0);
  const area = tiles.reduce((sum, { box: { height, width } }) => sum + height * width, 0);
  const share = (shape[1] * shape[2]) / area;
  let value = 0;
  const series = new Map<string, number>();
  for (const { box, rows, columns } of tiles) {
    const tile = crop(canvas, box, space.scratch('tile', [1, box.height, box.width, shape[3]]));
    const made = await evaluate(tile, box);
    addWeighted(gradient, box, made.gradient.data, rows, columns);
    value += made.value * share;
    for (const [name, one] of made.series) series.set(name, (series.get(name) ?? 0) + one * share);
  }
  return { value, series, gradient };
}
