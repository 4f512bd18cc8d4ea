import { GUIDED } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { projectUnit } from '../backward/project.js';
import { describeUnit } from './attribution.js';
import { attributionVisualizer } from './attribution-visualizer.js';
import { gradCamOf, mapLayer, upsampled } from './cam.js';
import { camOptions, findClassTarget } from './cam-options.js';
import { GRAD_CAM_CITATION } from './grad-cam.js';

const NAME = 'guided-grad-cam';

/** Guided backpropagation ⊙ Grad-CAM at the size of the input (Selvaraju et al. 2017, section 3.2). */
export const guidedGradCam = attributionVisualizer({
  name: NAME,
  summary: 'guided backpropagation where Grad-CAM finds the class',
  citation: GRAD_CAM_CITATION,
  options: camOptions,
  prepare({ model: whole, signal: abort }, options) {
    const reference = findClassTarget(whole, options, NAME);
    if (options.layer !== undefined) whole.layer(options.layer);
    return async function* ({ model, picture, input }) {
      const layer = mapLayer(model, picture, reference.layer.name, options.layer, NAME);
      const { unit, value, map } = await gradCamOf(model, picture, reference, layer, options.relu);
      const [, height, width, channels] = picture.shape;
      const full = tf.tidy(() => upsampled(map, [height, width]));
      map.dispose();
      const weights = await full.data().finally(() => full.dispose());
      const target = { layer: reference.layer, unit: unit.channel, ...(unit.at ? { at: unit.at } : {}) };
      const guided = await projectUnit(model, picture, target, { policy: GUIDED, abort });
      const values = guided.values.map((signal, i) => signal * (weights[Math.floor(i / channels)] ?? 0));
      const label = `${describeUnit(model, picture, guided.layer, unit)}, maps of ${layer}`;
      yield { type: 'metric', series: 'target', step: 0, value, input: input.name };
      yield { type: 'attribution', attribution: { ...guided, value, values, label } };
    };
  },
});
