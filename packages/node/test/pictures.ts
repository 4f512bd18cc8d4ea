import type { Image } from '@featurescope/core';

/** A picture whose samples follow a formula. */
export const picture = (width: number, height: number, channels: 1 | 3 | 4, at: (y: number, x: number, c: number) => number): Image => ({
  width,
  height,
  channels,
  data: Uint8Array.from({ length: width * height * channels }, (_, i) => {
    const [pixel, c] = [Math.floor(i / channels), i % channels];
    return at(Math.floor(pixel / width), pixel % width, c);
  }),
});

export const gradient = (width: number, height: number): Image =>
  picture(width, height, 3, (y, x, c) => (c === 0 ? 5 * x : c === 1 ? 5 * y : 128));
