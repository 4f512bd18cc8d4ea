import { FeaturescopeError } from '../errors.js';

export const drawingDoesNotFit = (source: string, channels: number) =>
  new FeaturescopeError(
    'drawing/wrong-channels',
    `The drawing ${source} cannot be shown to a network of ${channels} channels. Expected one that takes a picture (1 or 3 channels) or the contiguous unions of k parts of a drawing (1, 3, 6, 10 or 15 channels).`,
  );

export const partsDoNotFit = (parts: number, scales: number, channels: number) =>
  new FeaturescopeError(
    'drawing/wrong-parts',
    `The network's preprocessing cuts drawings into ${parts} parts${scales > 1 ? ` at ${scales} scales` : ''}, which are ${(scales * parts * (parts + 1)) / 2} channels, but the network takes ${channels}. Correct \`strokes.parts\`, or use the preprocessing that belongs to the network.`,
  );
