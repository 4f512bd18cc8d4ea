import { alternatives, FeaturescopeError } from '@featurescope/core';

export const severalTargets = (given: readonly string[]) =>
  new FeaturescopeError(
    'feature/targets',
    `feature: ${given.join(' and ')} were given together; give one of --unit (one unit), --units (several) and --direction (a mixture)`,
  );

export const noSuchUnits = (text: string, layer: string, channels: number, hasLabels: boolean) =>
  new FeaturescopeError(
    'feature/units',
    `feature: "${text}" names no units of ${layer}; expected numbers from 0 to ${channels - 1} such as 0,5,12, ranges such as 0..${Math.min(channels - 1, 15)}, or all` +
      (hasLabels ? ', or labels of classes' : ''),
  );

export const noSuchPosition = ([y, x]: readonly [number, number], layer: string, [height, width]: readonly [number, number]) =>
  new FeaturescopeError(
    'feature/position',
    `feature: --at ${y},${x} is outside ${layer}, which has ${height}×${width} positions for this size; use a row from 0 to ${height - 1} and a column from 0 to ${width - 1}`,
  );

export const positionOfDirection = () =>
  new FeaturescopeError(
    'feature/position-of-direction',
    'feature: --at and --direction were both given; a direction is followed at all positions of the layer; use --at with --unit or --units',
  );

export const wrongDirection = (layer: string, given: number, channels: number) =>
  new FeaturescopeError(
    'feature/direction',
    `feature: --direction has ${given} numbers, but ${layer} has ${channels} channels; give one for each, or name some, such as 3=1,7=-0.5`,
  );

export const zeroDirection = () =>
  new FeaturescopeError(
    'feature/zero-direction',
    'feature: --direction is 0 in every channel, which leads nowhere; give at least one other number',
  );

export const batchOfSeveral = (batch: number, units: number) =>
  new FeaturescopeError(
    'feature/batch',
    `feature: --batch ${batch} makes several pictures of one unit, but ${units} units are asked for; name one with --unit, or leave --batch out`,
  );

export const diversityOfOne = (flag: string) =>
  new FeaturescopeError(
    'feature/diversity',
    `feature: ${flag} needs several pictures of one unit; add --batch 4, say, or leave ${flag} out`,
  );

export const needsPixels = (flags: readonly string[]) =>
  new FeaturescopeError(
    'feature/needs-pixels',
    `feature: ${alternatives(flags)} changes pixels after each step, but Fourier coefficients are what is optimised; use --parameterisation pixel, or leave it out`,
  );

export const needsFourier = (flag: string) =>
  new FeaturescopeError(
    'feature/needs-fourier',
    `feature: ${flag} has no effect on pixels; use --parameterisation fourier, or leave it out`,
  );
