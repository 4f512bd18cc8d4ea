import { GUIDED } from '@featurescope/core';
import { projectUnit } from '../backward/project.js';
import { describeUnit } from './attribution.js';
import { attributionVisualizer } from './attribution-visualizer.js';
import { gradCamOf } from './cam.js';
import { camOptions, findClassTarget } from './cam-options.js';
import { GRAD_CAM_CITATION } from './grad-cam.js';
import { mapLayer } from './map-layer.js';

const NAME = 'guided-grad-cam';

/** Guided backpropagation ⊙ Grad-CAM at the size of the input (Selvaraju et al. 2017, section 3.2). */
export const guidedGradCam = attributionVisualizer({
  name: NAME,
  summary: 'guided backpropagation where Grad-CAM finds the class',
  citation: GRAD_CAM_CITATION,
  options: camOptions,
  prepare({ model: whole, signal: abort }, options) {
    const reference = findClassTarget(whole, options, NAME);
    return async function* ({ model, picture, input }) {
      const layer = mapLayer(model, picture, reference.layer.name, options.layer, NAME);
      const { unit, value, full } = await gradCamOf(model, picture, { target: reference, layer, relu: options.relu, abort });
      const target = { layer: reference.layer, unit: unit.channel, ...(unit.at ? { at: unit.at } : {}) };
      const channels = picture.shape[3];
      const guided = await projectUnit(model, picture, target, { policy: GUIDED, abort });
      const values = guided.values.map((signal, i) => signal * (full[Math.floor(i / channels)] ?? 0));
      const label = `${describeUnit(model, picture, guided.layer, unit)}, maps of ${layer}`;
      yield { type: 'metric', series: 'target', step: 0, value, input: input.name };
      yield { type: 'attribution', attribution: { ...guided, value, values, label } };
    };
  },
});
