import type { Box } from '@featurescope/core';
import { addWeighted, type Canvas, crop } from './canvas.js';
import type { Evaluation } from './evaluation.js';
import { fieldOfCanvas } from './gradient-field.js';

/** A tile and the weights of its rows and columns; the weights of all tiles add up to 1 at every pixel. */
export interface WeightedBox {
  readonly box: Box;
  readonly rows: Float32Array;
  readonly columns: Float32Array;
}

/**
 * The gradient over a whole canvas put together from tiles: Σ weight · gradient of the tile. The values are added up and scaled to the
 * area of the picture, which tiles that overlap exceed. The gradient lies in `into` until that is used again.
 */
export async function evaluateTiles(
  canvas: Canvas,
  tiles: readonly WeightedBox[],
  into: Canvas,
  evaluate: (tile: Canvas, box: Box) => Promise<Evaluation>,
): Promise<Evaluation> {
  into.data.fill(0);
  const area = tiles.reduce((sum, { box: { height, width } }) => sum + height * width, 0);
  const share = (canvas.shape[1] * canvas.shape[2]) / area;
  let value = 0;
  const series = new Map<string, number>();
  for (const { box, rows, columns } of tiles) {
    const made = await evaluate(crop(canvas, box), box);
    try {
      const part = made.gradient.rows({ top: 0, bottom: box.height });
      try {
        addWeighted(into, box, (await part.data()) as Float32Array, rows, columns);
      } finally {
        part.dispose();
      }
    } finally {
      made.gradient.dispose();
    }
    value += made.value * share;
    for (const [name, one] of made.series) series.set(name, (series.get(name) ?? 0) + one * share);
  }
  return { value, series, gradient: fieldOfCanvas(into) };
}
