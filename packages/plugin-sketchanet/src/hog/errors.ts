import { FeaturescopeError } from '@featurescope/core';

export const pictureTooSmall = (height: number, width: number, least: number) =>
  new FeaturescopeError(
    'sketchanet/picture-too-small',
    `HOG: the picture has ${height}×${width} pixels, but one block needs ${least}×${least}. Give a larger picture, or lower cell or block.`,
  );

export const unfitPixels = (given: number, height: number, width: number) =>
  new FeaturescopeError(
    'sketchanet/unfit-pixels',
    `HOG: ${given} values for a picture of ${height}×${width} pixels. Expected ${height * width}: one channel.`,
  );
