import { type Citation, enlarge, heatmap } from '@featurescope/core';
import { describeUnit } from './attribution.js';
import { attributionVisualizer } from './attribution-visualizer.js';
import { gradCamOf } from './cam.js';
import { camOptions, findClassTarget } from './cam-options.js';
import { mapLayer } from './map-layer.js';

const NAME = 'grad-cam';

export const GRAD_CAM_CITATION: Citation = {
  authors: 'R. R. Selvaraju, M. Cogswell, A. Das, R. Vedantam, D. Parikh, D. Batra',
  title: 'Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization',
  year: 2017,
  url: 'https://arxiv.org/abs/1610.02391',
};

/** Side in pixels that the picture of a coarse map is enlarged to at least. */
const SIDE = 128;

/** ReLU(Σ_k α_k A^k) at the size of the input (Selvaraju et al. 2017, equations 1 and 2). */
export const gradCam = attributionVisualizer({
  name: NAME,
  summary: 'maps of a layer weighed by the mean gradient of a class score',
  citation: GRAD_CAM_CITATION,
  options: camOptions,
  prepare({ model: whole, signal: abort }, options) {
    const target = findClassTarget(whole, options, NAME);
    return async function* ({ model, picture, input }) {
      const layer = mapLayer(model, picture, target.layer.name, options.layer, NAME);
      const { unit, value, coarse, size, full } = await gradCamOf(model, picture, { target, layer, relu: options.relu, abort });
      const label = `${describeUnit(model, picture, target.layer.name, unit)}, maps of ${layer}`;
      yield { type: 'metric', series: 'target', step: 0, value, input: input.name };
      const subject = { input: input.name, layer: target.layer.name, unit: unit.channel };
      yield {
        type: 'attribution',
        attribution: { layer: target.layer.name, unit, value, label, values: full, shape: picture.shape.slice(1, 3) },
      };
      const description = `${label}: before it is brought to the size of the input`;
      yield { type: 'artifact', artifact: { ...subject, kind: 'tensor', name: 'coarse-map', shape: size, data: coarse, description } };
      const image = enlarge(heatmap(coarse, size), Math.max(1, Math.ceil(SIDE / Math.min(...size))));
      yield { type: 'artifact', artifact: { ...subject, kind: 'image', name: 'coarse-map', image, description } };
    };
  },
});
