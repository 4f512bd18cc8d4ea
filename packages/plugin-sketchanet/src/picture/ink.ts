import { type Extent, type Image, toByte } from '@featurescope/core';

/** Ink [H, W], 1 on 0, as a grey picture of black on white. */
export const inkImage = (ink: Float32Array, [height, width]: Extent): Image => ({
  width,
  height,
  channels: 1,
  data: Uint8Array.from(ink, (value) => toByte(255 * (1 - value))),
});
