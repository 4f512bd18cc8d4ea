export {
  type Config,
  defineConfig,
  defineObjective,
  definePlugin,
  defineTraining,
  defineVisualizer,
  type Plugin,
  type RunEvent,
  type TrainingConfigInput,
} from '@featurescope/core';
export { ablation, transfer } from '@featurescope/plugin-ablation';
export {
  backward,
  compare,
  deconvnet,
  deletionInsertion,
  evolution,
  filters,
  gradCam,
  gradient,
  gradientTimesInput,
  guidedBackprop,
  guidedGradCam,
  integratedGradients,
  sanity,
  smoothGrad,
  topActivations,
} from '@featurescope/plugin-deconvnet';
export { classModel, dream, feature, film, invert } from '@featurescope/plugin-deepdream';
export { correspondence, invariance, occlusion } from '@featurescope/plugin-occlusion';
export {
  AUTHORS_RECIPE,
  augmentations,
  benchmark,
  fusion,
  onlineRecognition,
  strokeChannels,
  strokeOcclusion,
  strokeSaliency,
} from '@featurescope/plugin-sketchanet';
export { run, type TrainSettings, train } from './api.js';
export { objectives } from './objectives.js';
export type { RunSettings } from './services/run-with-services.js';
