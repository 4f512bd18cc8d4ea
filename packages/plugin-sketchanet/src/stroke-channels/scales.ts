import { type Artifact, atResolution, contactSheet, type Extent, interleaved } from '@featurescope/core';
import { captioned } from '../picture/captioned.js';
import { inkImage } from '../picture/ink.js';

/** A drawing as the networks of a multi-scale ensemble see it: pictures of the same size, less and less sharp. */
export function* scaleArtifacts(whole: Float32Array, size: Extent, scales: readonly number[]): Generator<Artifact> {
  const planes = scales.map((resolution) => atResolution(whole, size, resolution));
  yield {
    kind: 'tensor',
    name: 'scales',
    shape: [...size, scales.length],
    data: interleaved(planes),
    description: `the whole drawing at resolutions ${scales.join(', ')}`,
  };
  const pictures = planes.map((plane, i) => captioned(inkImage(plane, size), `${scales[i]}×${scales[i]}`));
  yield {
    kind: 'image',
    name: 'scales',
    image: contactSheet(pictures, { gap: 4, background: [226, 228, 232] }),
    description: 'the whole drawing, scaled down to each resolution and up again',
  };
}
