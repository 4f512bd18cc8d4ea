import type { Unit } from './seed.js';

/** What each picture's unit lets through: activation · channels · positions. */
export interface UnitMasks {
  /** [N, C]: 1 at the channel of each picture, else 0. */
  readonly channels: Float32Array;
  /** [N, H, W]: 1 where the unit is, else 0. */
  readonly positions: Float32Array;
  /** Selected activations of each picture. */
  readonly counts: readonly number[];
}

/** The unit of one picture: all have the same, or each its own. */
export const unitOf = (units: readonly Unit[], picture: number): Unit | undefined => (units.length === 1 ? units[0] : units[picture]);

/** Masks of the units of a batch of [N, H, W, C], which have been checked. */
export function unitMasks(units: readonly Unit[], [pictures, height, width, depth]: readonly [number, number, number, number]): UnitMasks {
  const size = height * width;
  const channels = new Float32Array(pictures * depth);
  const positions = new Float32Array(pictures * size);
  const counts = Array.from({ length: pictures }, (_, n) => {
    const { channel = 0, at } = unitOf(units, n) ?? {};
    channels[n * depth + channel] = 1;
    if (at) positions[n * size + at[0] * width + at[1]] = 1;
    else positions.fill(1, n * size, (n + 1) * size);
    return at ? 1 : size;
  });
  return { channels, positions, counts };
}
