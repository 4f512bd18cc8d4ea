import { FeaturescopeError } from '@featurescope/core';

export const badRange = (given: string, most: number) =>
  new FeaturescopeError(
    'invariance/bad-range',
    `invariance: "${given}" is no range. Expected from:to:step with a step that leads from the first to the second number in less than ${most} steps, such as -8:8:2; or numbers separated by commas, or how many.`,
  );

export const badAmount = (scale: number) =>
  new FeaturescopeError('invariance/bad-scale', `invariance: a picture cannot be scaled by ${scale}. Expected factors greater than 0.`);

export const nothingToDo = () =>
  new FeaturescopeError(
    'invariance/nothing-to-do',
    'invariance: --translations, --scales and --rotations are all 0, so nothing is done to the pictures. Give amounts for at least one of them.',
  );
