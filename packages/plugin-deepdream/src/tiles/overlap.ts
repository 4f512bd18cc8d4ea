import type { Extent } from '@featurescope/core';
import { overlapTooLarge } from './errors.js';
import type { TileOptions } from './options.js';

/** Rows and columns that neighbouring tiles share. @throws FeaturescopeError when that is a whole tile or more */
export function overlapOf(tileOverlap: NonNullable<TileOptions['tileOverlap']>, tile: Extent): Extent {
  const overlap: Extent = typeof tileOverlap === 'number' ? [tileOverlap, tileOverlap] : tileOverlap;
  if (overlap[0] >= tile[0] || overlap[1] >= tile[1]) throw overlapTooLarge(overlap, tile);
  return overlap;
}
