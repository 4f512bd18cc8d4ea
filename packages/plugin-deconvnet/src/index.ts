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
import { topActivations } from './top-activations/top-activations.js';

export { attributionOf, type MadeAttribution, type MethodOptions } from './attribution/run-attribution.js';
export { backward, deconvnet, gradCam, gradient, gradientTimesInput, guidedBackprop, guidedGradCam, integratedGradients, topActivations };

const attributions = [gradient, deconvnet, guidedBackprop, backward, gradientTimesInput, integratedGradients, gradCam, guidedGradCam];

export const smoothGrad = smoothGradOf(attributions);

/** Signals carried back from a unit to the picture, and attributions made of them. */
export const plugin = definePlugin({ name: '@featurescope/plugin-deconvnet', visualizers: [...attributions, smoothGrad, topActivations] });
