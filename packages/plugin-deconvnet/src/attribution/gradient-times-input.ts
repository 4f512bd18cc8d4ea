import { findTarget, GRADIENT, targetOptions } from '@featurescope/core';
import { z } from 'zod';
import { projectUnit } from '../backward/project.js';
import { describeUnit } from './attribution.js';
import { attributionVisualizer } from './attribution-visualizer.js';

const NAME = 'gradient-times-input';

/** x ⊙ ∂f/∂x (Shrikumar et al. 2016, section 1): what each input number adds to f where f is linear. */
export const gradientTimesInput = attributionVisualizer({
  name: NAME,
  summary: 'input gradient multiplied by the input',
  citation: {
    authors: 'A. Shrikumar, P. Greenside, A. Y. Shcherbina, A. Kundaje',
    title: 'Not Just a Black Box: Learning Important Features Through Propagating Activation Differences',
    year: 2016,
    url: 'https://arxiv.org/abs/1605.01713',
  },
  options: z.strictObject(targetOptions),
  prepare({ model: whole, signal: abort }, options) {
    const target = findTarget(whole, options, NAME);
    return async function* ({ model, picture, input }) {
      const gradient = await projectUnit(model, picture, target, { policy: GRADIENT, abort });
      const x = await picture.data();
      const values = gradient.values.map((slope, i) => slope * (x[i] ?? 0));
      yield { type: 'metric', series: 'target', step: 0, value: gradient.value, input: input.name };
      yield {
        type: 'attribution',
        attribution: { ...gradient, values, label: describeUnit(model, picture, gradient.layer, gradient.unit) },
      };
    };
  },
});
