import { GRADIENT } from '@featurescope/core';
import { projectionVisualizer } from './visualizer.js';

/** ∂ unit / ∂ picture: the signed input gradient of a class score or a unit (Simonyan, Vedaldi & Zisserman 2013). */
export const gradient = projectionVisualizer({
  name: 'gradient',
  summary: 'input gradient of a class score or a unit',
  citation: {
    authors: 'K. Simonyan, A. Vedaldi, A. Zisserman',
    title: 'Deep Inside Convolutional Networks: Visualising Image Classification Models and Saliency Maps',
    year: 2013,
    url: 'https://arxiv.org/abs/1312.6034',
  },
  policy: GRADIENT,
});
