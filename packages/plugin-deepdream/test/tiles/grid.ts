import type { Box, Extent } from '@featurescope/core';
import { tileStarts } from '../../src/tiles/starts.js';

/** Tiles that cover a picture, row by row; along an axis on which the picture is smaller than a tile they are as small. */
export function grid(size: Extent, tile: Extent, overlap: Extent, shift: Extent = [0, 0]): Box[] {
  const rows = tileStarts(size[0], tile[0], overlap[0], shift[0]);
  const columns = tileStarts(size[1], tile[1], overlap[1], shift[1]);
  const height = Math.min(tile[0], size[0]);
  const width = Math.min(tile[1], size[1]);
  return rows.flatMap((top) => columns.map((left) => ({ top, left, height, width })));
}
