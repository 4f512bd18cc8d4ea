import { GUIDED } from '@featurescope/core';
import { projectionVisualizer } from './visualizer.js';

/** R = [f > 0] · [R > 0] · R at a ReLU, switches at a max-pool (Springenberg et al. 2014, section 3.4). */
export const guidedBackprop = projectionVisualizer({
  name: 'guided-backprop',
  summary: 'guided backpropagation of a unit: the gradient that passes only positive signals of active units',
  citation: {
    authors: 'J. T. Springenberg, A. Dosovitskiy, T. Brox, M. Riedmiller',
    title: 'Striving for Simplicity: The All Convolutional Net',
    year: 2014,
    url: 'https://arxiv.org/abs/1412.6806',
  },
  policy: GUIDED,
});
