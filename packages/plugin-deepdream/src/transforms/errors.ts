import { didYouMean, FeaturescopeError } from '@featurescope/core';

const EXAMPLES: Readonly<Record<string, string>> = {
  pad: 'pad:12, pad:12:reflect or pad:12:constant, with a whole number of pixels',
  jitter: 'jitter:8, with a whole number of pixels',
  scale: 'scale:0.9..1.1, with two factors above 0, the smaller one first',
  rotate: 'rotate:-10..10, with two angles in degrees, the smaller one first',
};

export const unknownTransform = (text: string) =>
  new FeaturescopeError(
    'dream/transform-unknown',
    `"${text}" is no transform; use pad:12, jitter:8, scale:0.9..1.1, rotate:-10..10, or none alone.${didYouMean(
      text.split(':')[0] ?? text,
      [...Object.keys(EXAMPLES), 'none'],
      1,
    )}`,
  );

export const badTransform = (text: string, name: string) =>
  new FeaturescopeError('dream/transform', `the transform "${text}" cannot be read; expected ${EXAMPLES[name]}`);

export const noneNotAlone = (texts: readonly string[]) =>
  new FeaturescopeError(
    'dream/transform-none',
    `--transforms ${texts.join(',')} names none beside others; use none alone, or leave it out`,
  );

export const badPixels = (transform: string, pixels: number) =>
  new FeaturescopeError('dream/transform-pixels', `${transform} was given ${pixels} pixels; use a whole number that is not negative`);

export const badFactor = (factor: number) =>
  new FeaturescopeError('dream/transform-factor', `scale was given the factor ${factor}; use factors above 0, such as 0.9 to 1.1`);

export const badFill = (values: number, channels: number) =>
  new FeaturescopeError(
    'dream/transform-fill',
    `pad was given ${values} values to fill with for a picture of ${channels} channels; use one number, or one for each channel`,
  );

export const nothingLeft = (jitter: number, height: number, width: number) =>
  new FeaturescopeError(
    'dream/transform-size',
    `jitter:${jitter} takes ${2 * jitter} pixels off a picture of ${height}×${width}, and nothing is left; ` +
      `use a smaller jitter, or pad:${jitter} before it`,
  );
