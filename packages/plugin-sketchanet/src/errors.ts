import { FeaturescopeError } from '@featurescope/core';

export const noDrawing = (visualizer: string, source: string) =>
  new FeaturescopeError(
    'sketchanet/no-drawing',
    `${visualizer}: "${source}" is no drawing. Expected strokes: an .svg made of stroked paths, an .ndjson file of Quick, Draw!, or one of its lines such as "cat.ndjson#12".`,
  );
