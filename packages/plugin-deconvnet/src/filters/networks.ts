import type { Model, RunContext } from '@featurescope/core';
import { census, type Standing } from './census.js';
import { canBeFitted } from './gabor/fit-gabor.js';
import type { FittedFilter, Projection } from './gabor/fits.js';
import { type Filter, filtersOf, type Kernels, kernelsOf } from './kernels.js';
import type { FilterOptions } from './options.js';

/** A network with the filters that are looked at. */
export interface NetworkFilters {
  readonly model: Model;
  readonly kernels: Kernels;
  readonly filters: readonly Filter[];
  readonly standings: readonly Standing[];
  /** What an artifact that each network has one of is called: the word for the first, `word-2` for the second. */
  readonly named: (word: string) => string;
  /** Whether a Gabor is fitted to these filters. */
  readonly fitted: boolean;
  readonly projection: Projection;
}

/** Filters with their Gabors, and those of white noise for comparison. */
export interface NetworkFits extends NetworkFilters {
  readonly fits: readonly FittedFilter[];
  readonly noise: readonly FittedFilter[];
}

/** The run's networks, and the one beside them. @throws FeaturescopeError when one has no such layer or filter */
export async function networksOf(context: RunContext, options: FilterOptions): Promise<readonly NetworkFilters[]> {
  const models = options.with === undefined ? context.models : [...context.models, await context.loadModel(options.with)];
  return models.map((model, i) => {
    const kernels = kernelsOf(model, options.layer);
    const filters = filtersOf(kernels, options.units, options.most);
    return {
      model,
      kernels,
      filters,
      standings: census(filters, options.deadBelow, options.duplicateAbove),
      named: (word) => (i === 0 ? word : `${word}-${i + 1}`),
      fitted: options.gabor && canBeFitted(kernels.size),
      projection: { channels: kernels.channels, ...(options.projection === 'luminance' && luminance(model, kernels)) },
    };
  });
}

const luminance = ({ input }: Model, { coloured }: Kernels): Pick<Projection, 'luminance'> =>
  coloured ? { luminance: isBgr(input) ? 'bgr' : 'rgb' } : {};

/** Whether the channels of pictures are in the order blue, green, red. */
export const isBgr = ({ preprocessing, channels }: Model['input']): boolean => channels === 3 && preprocessing?.channelOrder === 'bgr';

/** `conv1 of photonet`, for people. */
export const titleOf = ({ model, kernels }: NetworkFilters): string => `${kernels.layer} of ${model.name}`;
