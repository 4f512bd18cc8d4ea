import type { BackwardPolicy } from '@featurescope/core';
import { z } from 'zod';
import { projectionFields } from './options.js';
import { policyVisualizer } from './visualizer.js';

const backwardOptions = z.strictObject({
  ...projectionFields,
  forwardMask: z
    .boolean()
    .default(true)
    .describe('Multiplies by the derivative of each activation function: for a ReLU 1 where it was open, else 0'),
  rectifySignal: z.boolean().default(false).describe('Lets only positive signal through activation functions on the way down'),
  maxPool: z
    .enum(['switches', 'center', 'all'])
    .default('switches')
    .describe('Where a max-pool puts its signal: at the maximum of each window, at its centre, or at every position of it'),
  lrn: z.enum(['gradient', 'bypass']).default('gradient').describe('Differentiates local response normalisation, or passes it by'),
});

const policyOf = ({ forwardMask, rectifySignal, maxPool, lrn }: z.output<typeof backwardOptions>): BackwardPolicy => ({
  name: 'backward',
  relu: { forwardMask, rectifySignal },
  maxPool,
  lrn,
});

/** Any member of the family R' = (rectify ? max(R, 0) : R) · (mask ? f'(x) : 1) (Mahendran & Vedaldi 2016, section 2). */
export const backward = policyVisualizer({
  name: 'backward',
  summary: 'a unit carried back under any policy at activation functions, pools and normalisation',
  citation: {
    authors: 'A. Mahendran, A. Vedaldi',
    title: 'Salient Deconvolutional Networks',
    year: 2016,
    url: 'https://doi.org/10.1007/978-3-319-46466-4_8',
  },
  options: backwardOptions,
  policy: policyOf,
});
