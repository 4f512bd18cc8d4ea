import '@tensorflow/tfjs';
import { testVisualizer } from '@featurescope/core/testing';
import { describe, it } from 'vitest';
import {
  backward,
  deconvnet,
  gradCam,
  gradientTimesInput,
  guidedBackprop,
  guidedGradCam,
  integratedGradients,
  smoothGrad,
} from '../../src/index.js';

const framework = { describe, it };

testVisualizer(deconvnet, framework);
testVisualizer(deconvnet, { ...framework, options: { layer: 'relu2', units: [0, 3, 7], batchSize: 2, signal: 'activation' } });
testVisualizer(guidedBackprop, { ...framework, options: { layer: 'conv2', unit: 1, wholeMap: true } });
testVisualizer(backward, { ...framework, options: { class: 1, forwardMask: false, maxPool: 'all', lrn: 'bypass' } });
testVisualizer(gradientTimesInput, { ...framework, options: { class: 'mountain' } });
testVisualizer(integratedGradients, { ...framework, options: { steps: 5, batchSize: 2, baseline: 'mean' } });
testVisualizer(gradCam, framework);
testVisualizer(guidedGradCam, { ...framework, options: { class: 2, layer: 'relu1', relu: false } });
testVisualizer(smoothGrad, { ...framework, options: { samples: 3, method: 'grad-cam' } });
testVisualizer(smoothGrad, { ...framework, options: { samples: 3, layer: 'conv2', squared: true } });
