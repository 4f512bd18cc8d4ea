import { existsSync } from 'node:fs';
import { join } from 'node:path';

const shared = join(import.meta.dirname, '../../../../shared');

const found = (folder: string, path: string): string | undefined => {
  const full = join(folder, path);
  if (existsSync(full)) return full;
  console.info(`skipped: ${full} is not there`);
  return undefined;
};

/** Folder of trained networks of others, which are not part of the project. */
export const MODELS_FOLDER = process.env.FEATURESCOPE_MODELS ?? join(shared, 'models');

/** A file of a trained network; undefined, with a printed reason, when it is absent. */
export const sharedModel = (path: string): string | undefined => found(MODELS_FOLDER, path);

/** A picture or data set; undefined, with a printed reason, when it is absent. */
export const sharedData = (path: string): string | undefined => found(process.env.FEATURESCOPE_DATA ?? join(shared, 'data'), path);
