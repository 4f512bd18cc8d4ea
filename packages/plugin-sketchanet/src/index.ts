import { definePlugin } from '@featurescope/core';
import { augmentations } from './augmentations/augmentations.js';
import { strokeChannels } from './stroke-channels/stroke-channels.js';

export * from './fusion/index.js';
export * from './hog/index.js';
export * from './recurrent/index.js';
export { augmentations, strokeChannels };

/** Sketch-a-Net: what a network of drawings sees of strokes, and what it is trained on. */
export const plugin = definePlugin({ name: '@featurescope/plugin-sketchanet', visualizers: [strokeChannels, augmentations] });
