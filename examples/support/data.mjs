// The folder of photos and drawings that examples are made of and that are not part of the project: FEATURESCOPE_DATA.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.env.FEATURESCOPE_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

export const dataAt = (...path) => join(folder, ...path);

/** Why a figure is left out that is made of the `what` in this part of the folder; undefined where they are there. */
export const missingData = (part, what) =>
  existsSync(dataAt(part)) ? undefined : `there are no ${what} in ${folder}: set FEATURESCOPE_DATA`;
