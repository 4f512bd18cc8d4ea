import { FeaturescopeError } from '@featurescope/core';

export const noRun = (folder: string, cause?: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'gallery/no-run',
    `The folder "${folder}" holds no run: it has no readable manifest.json. Expected the folder that a run has written, for example out.`,
    { cause },
  );

export const portTaken = (port: number, cause: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'gallery/port',
    `The gallery cannot be served on port ${port}: it is in use or not allowed. Give another with --port; 0 takes a free one.`,
    { cause },
  );
