import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = process.env['FEATURESCOPE_MODELS'] ?? fileURLToPath(new URL('../../../../../shared/models', import.meta.url));

/** Path of a file that is not part of the project; `undefined`, with a printed reason, when it is not there. */
export const sharedModel = (path: string): string | undefined => {
  const file = `${folder}/${path}`;
  if (existsSync(file)) return file;
  console.warn(`skipped: there is no ${file}; FEATURESCOPE_MODELS names the folder that is looked into`);
  return undefined;
};
