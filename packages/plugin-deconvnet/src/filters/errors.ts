import { alternatives, FeaturescopeError, type LayerName, nearest } from '@featurescope/core';

const NAME = 'filters';

export const noConvolution = (model: string) =>
  new FeaturescopeError('filters/no-convolution', `${NAME}: the network "${model}" has no convolution, and so no filters to look at.`);

export const notAConvolution = (layer: LayerName, kind: string, convolutions: readonly LayerName[]) =>
  new FeaturescopeError(
    'filters/not-a-convolution',
    `${NAME}: layer "${layer}" is of kind ${kind} and has no filters; expected a convolution, such as ${alternatives(nearest(layer, convolutions))}.`,
  );

export const noSuchFilter = (layer: LayerName, filter: number, filters: number) =>
  new FeaturescopeError(
    'filters/no-such-filter',
    `${NAME}: layer "${layer}" has no filter ${filter}: expected numbers from 0 to ${filters - 1}, or all.`,
  );
