import { type Extent, FeaturescopeError } from '@featurescope/core';

export const overlapTooLarge = (overlap: Extent, tile: Extent) =>
  new FeaturescopeError(
    'dream/tile-overlap',
    `--tile-overlap ${overlap.join(',')} leaves tiles of ${tile.join('×')} no way forward; give an overlap smaller than the tile, such as --tile-overlap ${tile
      .map((size) => Math.floor(size / 4))
      .join(',')}`,
  );

export const badShift = (shift: number, stride: number) =>
  new FeaturescopeError('dream/tile-shift', `tiles were shifted by ${shift} pixels; expected a whole number from 0 to ${stride - 1}`);

export const badMemory = (text: string) => new FeaturescopeError('dream/memory', `--memory ${text} is no amount of memory; ${MEMORY_FORM}`);

/** What an amount of memory looks like. */
export const MEMORY_FORM =
  'expected a number with B, KB, MB, GB, KiB, MiB or GiB after it, such as 2GB, or a number of megabytes such as 1500';
