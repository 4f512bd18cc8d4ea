import { type Extent, type Rows, type RunContext, rasterise } from '@featurescope/core';
import { nextFrame } from '@tensorflow/tfjs-core';
import { hog } from '../hog/hog.js';
import { hogOptions } from '../hog/options.js';
import type { Example } from '../training/collection.js';

export interface HogChoices {
  readonly hogSize: number;
  readonly hogPen: number;
  readonly hogCell: number;
}

const CHUNK = 50;

/** HOG of drawings, a row each; gives how many are done. @throws FeaturescopeError when the picture is smaller than a block of cells */
export async function* hogRows(
  examples: readonly Example[],
  { hogSize, hogPen, hogCell }: HogChoices,
  signal: RunContext['signal'],
): AsyncGenerator<number, Rows> {
  const size: Extent = [hogSize, hogSize];
  const options = hogOptions.parse({ cell: hogCell });
  const found: Float32Array[] = [];
  for (const { drawing } of examples) {
    found.push(hog(rasterise(drawing, size, hogPen), ...size, options));
    if (found.length % CHUNK !== 0) continue;
    yield found.length;
    await nextFrame();
    signal.throwIfAborted();
  }
  const columns = found[0]?.length ?? 0;
  const data = new Float32Array(found.length * columns);
  for (const [i, row] of found.entries()) data.set(row, i * columns);
  return { columns, data };
}
