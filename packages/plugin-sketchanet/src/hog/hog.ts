import { cellHistograms } from './cells.js';
import { pictureTooSmall, unfitPixels } from './errors.js';
import type { HogOptions } from './options.js';

/** How many numbers describe a picture, as [block rows, block columns, cells of a block, bins]. @throws FeaturescopeError when no block fits in */
export function hogShape(
  height: number,
  width: number,
  { cell, bins, block, blockStride }: HogOptions,
): readonly [number, number, number, number] {
  const blocks = (pixels: number): number => Math.floor((Math.floor(pixels / cell) - block) / blockStride) + 1;
  if (Math.min(height, width) < cell * block) throw pictureTooSmall(height, width, cell * block);
  return [blocks(height), blocks(width), block * block, bins];
}

/**
 * Histograms of oriented gradients (Dalal & Triggs, CVPR 2005) of a picture of one channel, `pixels` [height, width]: overlapping blocks of cells, each
 * normalised by L2-Hys, flat in the order of `hogShape`. Without gamma correction and without the Gaussian window over a block.
 * @throws FeaturescopeError when the picture is smaller than a block, or its values do not fit its size
 */
export function hog(pixels: ArrayLike<number>, height: number, width: number, options: HogOptions): Float32Array {
  if (pixels.length !== height * width) throw unfitPixels(pixels.length, height, width);
  const { bins, block, blockStride } = options;
  const [blockRows, blockColumns] = hogShape(height, width, options);
  const { columns, data } = cellHistograms(pixels, height, width, options);
  const length = block * block * bins;
  const out = new Float32Array(blockRows * blockColumns * length);
  for (let row = 0; row < blockRows; row++)
    for (let column = 0; column < blockColumns; column++) {
      const values = new Float64Array(length);
      for (let i = 0; i < block; i++) {
        const from = ((row * blockStride + i) * columns + column * blockStride) * bins;
        values.set(data.subarray(from, from + block * bins), i * block * bins);
      }
      out.set(normaliseBlock(values, options), (row * blockColumns + column) * length);
    }
  return out;
}

/** L2-Hys: v/√(‖v‖² + ε²), cut at `clip`, then once more (Dalal & Triggs 2005, section 6.4; Lowe 2004). */
export function normaliseBlock(values: Float64Array, { clip, epsilon }: Pick<HogOptions, 'clip' | 'epsilon'>): Float64Array {
  const once = normalised(values, epsilon).map((value) => Math.min(value, clip));
  return normalised(once, epsilon);
}

function normalised(values: Float64Array, epsilon: number): Float64Array {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, epsilon * epsilon));
  return values.map((value) => value / length);
}
