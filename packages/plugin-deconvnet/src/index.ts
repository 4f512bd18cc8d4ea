import { definePlugin } from '@featurescope/core';
import { gradient } from './backward/gradient.js';

export { gradient };

/** Signals carried back from a unit to the picture. */
export const plugin = definePlugin({ name: '@featurescope/plugin-deconvnet', visualizers: [gradient] });
