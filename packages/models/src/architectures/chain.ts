import type { Layer, LayerName, Network, NetworkInput } from '@featurescope/core';
import type { LooseLayer } from './layers.js';

/** A network without weights from a table of layers: each takes the one before it unless it says otherwise; the last is the output. */
export const chain = (input: NetworkInput, table: readonly LooseLayer[]): Network => {
  let before: LayerName = input.name;
  const layers = table.map((loose): Layer => {
    const layer = { ...loose, inputs: loose.inputs ?? [before] };
    before = layer.name;
    return layer;
  });
  return { input, layers, outputs: [before], weights: new Map() };
};
