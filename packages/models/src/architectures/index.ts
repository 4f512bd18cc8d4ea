import type { Architecture } from '@featurescope/core';
import * as all from './all.js';

export * from './all.js';

/** Every architecture that a config or `featurescope list` can name, by name. */
export const architectures: readonly Architecture[] = Object.values(all).map(({ architecture }) => architecture);
