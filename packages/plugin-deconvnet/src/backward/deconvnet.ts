import { DECONVNET } from '@featurescope/core';
import { projectionVisualizer } from './visualizer.js';

/** R = [R > 0] · R at a ReLU, unpooling at the switches, transposed filters, normalisation passed by (Zeiler & Fergus 2014, section 2.1). */
export const deconvnet = projectionVisualizer({
  name: 'deconvnet',
  summary: 'deconvnet projection of a unit: unpool, rectify, filter down to the picture',
  citation: {
    authors: 'M. D. Zeiler, R. Fergus',
    title: 'Visualizing and Understanding Convolutional Networks',
    year: 2014,
    url: 'https://arxiv.org/abs/1311.2901',
  },
  policy: DECONVNET,
});
