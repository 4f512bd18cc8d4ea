import type { Box } from '@featurescope/core';
import type { Canvas } from './canvas.js';

/**
 * Moves a picture, what leaves at one border coming back at the opposite one: into[y, x] ← canvas[y + top, x + left]. Copied as a whole, of
 * which only the columns that went around a border are put right, since a copy of its own for each row takes several times as long.
 */
export function roll({ shape, data }: Canvas, { top, left }: Pick<Box, 'top' | 'left'>, into: Canvas): Canvas {
  const [, height, width, channels] = shape;
  const row = width * channels;
  const down = wrap(top, height);
  const across = wrap(left + Math.floor(width / 2), width) - Math.floor(width / 2);
  const shift = wrap(down * row + across * channels, height * row);
  into.data.set(data.subarray(shift));
  into.data.set(data.subarray(0, shift), data.length - shift);
  const [from, to] = across > 0 ? [0, width - across] : [width + across, 0];
  for (let y = 0; y < height; y++) {
    const source = wrap(y + down, height) * row + from * channels;
    const target = y * row + to * channels;
    for (let i = 0; i < Math.abs(across) * channels; i++) into.data[target + i] = data[source + i] ?? 0;
  }
  return into;
}

const wrap = (n: number, length: number): number => ((n % length) + length) % length;
