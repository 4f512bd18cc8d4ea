import { FeaturescopeError } from '@featurescope/core';

export const invalidHdf5 = (source: string, problem: string, cause?: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'hdf5/invalid',
    `${source} cannot be read as an HDF5 file: ${problem}. The file is damaged or incomplete; fetch it or save it again.`,
    cause === undefined ? {} : { cause },
  );

export const unsupportedHdf5 = (source: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('hdf5/unsupported', `${source}: ${problem}.`);

export const hdf5Unavailable = (source: string, cause: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'hdf5/unavailable',
    `${source} cannot be read: the HDF5 library does not start (${cause instanceof Error ? cause.message.split('\n')[0] : 'it ended'}). Install the package again; it needs Node 20.6 or later.`,
    { cause },
  );
