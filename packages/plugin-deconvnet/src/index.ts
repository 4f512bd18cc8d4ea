import { definePlugin } from '@featurescope/core';
import { gradCam } from './attribution/grad-cam.js';
import { gradientTimesInput } from './attribution/gradient-times-input.js';
import { guidedGradCam } from './attribution/guided-grad-cam.js';
import { integratedGradients } from './attribution/integrated-gradients.js';
import { smoothGradOf } from './attribution/smooth-grad.js';
import { backward } from './backward/backward.js';
import { deconvnet } from './backward/deconvnet.js';
import { gradient } from './backward/gradient.js';
import { guidedBackprop } from './backward/guided-backprop.js';
import { compareOf } from './compare/compare.js';
import { evolution } from './evolution/evolution.js';
import { filters } from './filters/filters.js';
import { topActivations } from './top-activations/top-activations.js';
import { deletionInsertionOf } from './trust/deletion-insertion/deletion-insertion.js';
import { sanityOf } from './trust/sanity/sanity.js';

export { attributionOf, type MadeAttribution, type MethodOptions } from './attribution/run-attribution.js';
export {
  backward,
  deconvnet,
  evolution,
  filters,
  gradCam,
  gradient,
  gradientTimesInput,
  guidedBackprop,
  guidedGradCam,
  integratedGradients,
  topActivations,
};

const plain = [gradient, deconvnet, guidedBackprop, backward, gradientTimesInput, integratedGradients, gradCam, guidedGradCam];

export const smoothGrad = smoothGradOf(plain);

const attributions = [...plain, smoothGrad];

export const sanity = sanityOf(attributions);
export const deletionInsertion = deletionInsertionOf(attributions);
export const compare = compareOf(attributions);

/** Signals carried back from a unit to the picture, what excites units, and how far the pictures of them can be trusted. */
export const plugin = definePlugin({
  name: '@featurescope/plugin-deconvnet',
  visualizers: [...attributions, topActivations, evolution, filters, compare, sanity, deletionInsertion],
});
