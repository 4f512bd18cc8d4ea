import { definePlugin } from '@featurescope/core';
import { dream } from './dream/dream.js';
import { film } from './film/film.js';

export { dream, film };

/** Deep dream and its relatives. */
export const plugin = definePlugin({ name: '@featurescope/plugin-deepdream', visualizers: [dream, film] });
