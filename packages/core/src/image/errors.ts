import { FeaturescopeError } from '../errors.js';
import type { Image } from './image.js';

export const pictureDoesNotFit = (channels: number) =>
  new FeaturescopeError(
    'image/wrong-channels',
    `A picture has 1 or 3 channels, but the network takes ${channels}: give a drawing (.svg, .ndjson) or a .npy array of shape [height, width, ${channels}] instead.`,
  );

export const sizesDiffer = (what: string, a: Image, b: Image) =>
  new FeaturescopeError(
    'image/sizes-differ',
    `${what}: expected pictures of one size, but was given ${a.width}×${a.height} and ${b.width}×${b.height} pixels.`,
  );
