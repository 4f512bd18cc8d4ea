import { findTarget, resolveTarget, targetOptions } from '@featurescope/core';
import { z } from 'zod';
import { describeUnit } from './attribution.js';
import { attributionVisualizer } from './attribution-visualizer.js';
import { baselinePicture } from './baseline.js';
import { pathGradient } from './path-gradient.js';

const NAME = 'integrated-gradients';

const options = z.strictObject({
  ...targetOptions,
  steps: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(50)
    .describe('Points on the way from the baseline to the input, at the middles of equal parts'),
  baseline: z
    .union([z.number(), z.literal('mean')])
    .default(0)
    .describe("The picture without anything to see: a number in the network's input units, or the mean colour of the picture"),
  batchSize: z.number().int().min(1).max(256).default(10).describe('Most points in one pass'),
});

/** (x − b) ⊙ ∫ ∂f/∂x along the straight line from b to x (Sundararajan et al. 2017, equation 1). */
export const integratedGradients = attributionVisualizer({
  name: NAME,
  summary: 'gradients along the way from a baseline to the input; adds up to the difference of the scores',
  citation: {
    authors: 'M. Sundararajan, A. Taly, Q. Yan',
    title: 'Axiomatic Attribution for Deep Networks',
    year: 2017,
    url: 'https://arxiv.org/abs/1703.01365',
  },
  options,
  prepare({ model: whole, signal: abort }, { steps, baseline, batchSize, ...given }) {
    const reference = findTarget(whole, given, NAME);
    return async function* ({ model, picture, input }) {
      const target = await resolveTarget(model, picture, reference);
      const { layer, unit, at, value, objective } = target;
      const base = baselinePicture(picture, baseline);
      try {
        const { value: ofBaseline } = await resolveTarget(model, base, { layer, unit, at });
        let values: Float32Array = new Float32Array();
        for await (const { done, integral } of pathGradient(model, [picture, base], objective, { steps, batchSize, abort })) {
          if (integral) values = integral;
          yield { type: 'progress', done, total: steps };
        }
        const total = values.reduce((sum, share) => sum + share, 0);
        const gap = Math.abs(total - (value - ofBaseline));
        yield { type: 'metric', series: 'target', step: 0, value, input: input.name };
        yield { type: 'metric', series: 'completeness-gap', step: 0, value: gap, input: input.name };
        const label = `${describeUnit(model, picture, layer.name, { channel: unit, at })}, value at the baseline ${ofBaseline.toPrecision(4)}, completeness gap ${gap.toPrecision(2)}`;
        const shape = picture.shape.slice(1);
        yield { type: 'attribution', attribution: { layer: layer.name, unit: { channel: unit, at }, value, label, values, shape } };
      } finally {
        base.dispose();
      }
    };
  },
});
