import type { Box, Shape } from '@featurescope/core';

/** The values [height, width, C] of a picture [H, W, C] in a box. */
export function valuesIn(values: Float32Array, [, width, channels]: Shape, box: Box): Float32Array {
  const row = box.width * channels;
  const cut = new Float32Array(box.height * row);
  for (let y = 0; y < box.height; y++) {
    const from = ((box.top + y) * width + box.left) * channels;
    cut.set(values.subarray(from, from + row), y * row);
  }
  return cut;
}
