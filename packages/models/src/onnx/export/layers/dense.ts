import type { DenseLayer, FlattenLayer, FlattenOrder, Layer } from '@featurescope/core';
import type { Note } from '../notes.js';
import type { Site, WriteLayer } from '../site.js';

/** Channels last, so that flattening takes them last; as it is where that makes no difference. */
const inOrder = (site: Site<Layer>, order: FlattenOrder): string => {
  const { first, graph, layer } = site;
  const [height, width, channels] = first.shape;
  const alike = channels === 1 || (height * width === 1 && (site.fixedSize || layer.kind === 'dense'));
  if (order === 'chw' || first.form === 'flat' || alike) return first.name;
  // A file whose input is transposed at once is taken for one that has its channels last.
  const map = graph.isInput(first.name) ? graph.part(layer, 'input', 'Identity', [first.name]) : first.name;
  return graph.part(layer, 'transpose', 'Transpose', [map], { perm: [0, 2, 3, 1] });
};

const noteOf = (order: FlattenOrder): Note => (order === 'hwc' ? { hwc: true } : {});

export const dense: WriteLayer<DenseLayer> = (site) => {
  const { layer, graph } = site;
  const ordered = inOrder(site, layer.inputOrder);
  const flat = site.first.form === 'map' ? graph.part(layer, 'flatten', 'Flatten', [ordered], { axis: 1 }) : ordered;
  const inputs = [flat, graph.weight(layer, 'kernel'), ...(layer.bias ? [graph.weight(layer, 'bias')] : [])];
  graph.layer(layer, 'Gemm', inputs, {}, noteOf(layer.inputOrder));
  return 'flat';
};

export const flatten: WriteLayer<FlattenLayer> = (site) => {
  site.graph.layer(site.layer, 'Flatten', [inOrder(site, site.layer.order)], { axis: 1 }, noteOf(site.layer.order));
  return 'flat';
};
