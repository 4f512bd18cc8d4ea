import { definePlugin } from '@featurescope/core';
import { augmentations } from './augmentations/augmentations.js';
import { benchmark } from './benchmark/benchmark.js';
import { fusion } from './fusing/fusion.js';
import { onlineRecognition } from './online/online-recognition.js';
import { strokeChannels } from './stroke-channels/stroke-channels.js';
import { strokeOcclusion } from './stroke-occlusion/stroke-occlusion.js';
import { strokeSaliency } from './stroke-saliency/stroke-saliency.js';
import { drawingSource } from './training/drawing-source.js';

export * from './fusion/index.js';
export * from './hog/index.js';
export * from './recurrent/index.js';
export * from './training/index.js';
export { augmentations, benchmark, fusion, onlineRecognition, strokeChannels, strokeOcclusion, strokeSaliency };

/** Sketch-a-Net: what a network of drawings sees of strokes, and what it is trained on. */
export const plugin = definePlugin({
  name: '@featurescope/plugin-sketchanet',
  visualizers: [strokeChannels, augmentations, strokeOcclusion, strokeSaliency, onlineRecognition, fusion, benchmark],
  exampleSources: [drawingSource],
});
