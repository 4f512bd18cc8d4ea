import { type HostTensor, loopRepair } from './repair.js';

const size = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** Missing on wasm; the gradient of `gather`. Ids that are out of range are dropped. */
export const unsortedSegmentSum = loopRepair('UnsortedSegmentSum', ['wasm'], {
  shape: ({ x, segmentIds }: Record<'x' | 'segmentIds', { shape: number[] }>, { numSegments }: { readonly numSegments: number }) => [
    numSegments,
    ...x.shape.slice(segmentIds.shape.length),
  ],
  fill(output, { x, segmentIds }: Record<'x' | 'segmentIds', HostTensor>, { numSegments }) {
    const row = size(x.shape.slice(segmentIds.shape.length));
    segmentIds.values.forEach((segment, i) => {
      if (segment < 0 || segment >= numSegments) return;
      for (let j = 0; j < row; j++) output[segment * row + j] = (output[segment * row + j] as number) + (x.values[i * row + j] as number);
    });
  },
});
