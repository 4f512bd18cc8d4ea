// Networks that are not bundled: those in the folder that FEATURESCOPE_MODELS names.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a network can be used, and else why not. */
export function absence(name) {
  if (name === 'photonet') return undefined;
  const folder = process.env.FEATURESCOPE_MODELS;
  if (folder === undefined) return `${name} is not bundled; FEATURESCOPE_MODELS names the folder that is looked into`;
  return existsSync(join(folder, name)) ? undefined : `there is no ${name} in ${folder}, the folder that FEATURESCOPE_MODELS names`;
}
