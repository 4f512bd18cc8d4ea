import { createRandom } from '@featurescope/core';
import { sharpCodec } from '@featurescope/node';

/** A PNG of `size` × `size` pixels around a grey level. */
export const noisePicture = (size: number, level: number, seed: number): Promise<Uint8Array> => {
  const random = createRandom(seed);
  const data = Uint8Array.from({ length: size * size * 3 }, () => level + random.integer(-15, 15));
  return sharpCodec.encodePng({ width: size, height: size, channels: 3, data });
};
