import { definePlugin } from '@featurescope/core';
import { correspondence } from './correspondence/correspondence.js';
import { invariance } from './invariance/invariance.js';
import { occlusion } from './occlusion/occlusion.js';

export { correspondence, invariance, occlusion };

/** What a network needs to see: parts of the picture hidden, compared and moved. */
export const plugin = definePlugin({ name: '@featurescope/plugin-occlusion', visualizers: [occlusion, correspondence, invariance] });
