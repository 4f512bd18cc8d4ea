import { definePlugin } from '@featurescope/core';
import { dream } from './dream/dream.js';

export { dream };

/** Deep dream and its relatives. */
export const plugin = definePlugin({ name: '@featurescope/plugin-deepdream', visualizers: [dream] });
