import { FeaturescopeError } from '@featurescope/core';

export const downloadFailed = (file: string, attempts: readonly string[], folder: string): FeaturescopeError =>
  new FeaturescopeError(
    'hub/download-failed',
    `${file} could not be downloaded:\n${attempts.map((attempt) => `  ${attempt}`).join('\n')}\n` +
      `Check the network and run again (a download continues where it stopped), or put the file into a folder named after the model in the folder ` +
      `that FEATURESCOPE_MODELS names, or at ${folder}.`,
  );

export const wrongDigest = (file: string, expected: string, actual: string): FeaturescopeError =>
  new FeaturescopeError(
    'hub/wrong-digest',
    `${file} is not the published file: its sha256 is ${actual}, expected ${expected}. It was removed; nothing of it was used.`,
  );

export const cacheUnusable = (folder: string, reason: string): FeaturescopeError =>
  new FeaturescopeError(
    'hub/cache',
    `Downloaded models cannot be kept in ${folder}: ${reason}. Name another folder with FEATURESCOPE_HOME.`,
  );

export const invalidManifest = (path: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('hub/manifest', `The list of hub models ${path} cannot be used: ${problem}.`, { category: 'failure' });
