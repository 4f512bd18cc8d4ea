import type { Extent, LayerInfo, LayerName, Model } from '@featurescope/core';

type Layers = Pick<Model, 'layers' | 'logits'>;

const WEIGHTED: readonly string[] = ['conv', 'dense'];
/** Kinds of layers that a part of a network ends with. */
const ENDS: readonly string[] = ['relu', 'leakyRelu', 'clip', 'concat', 'add', 'tanh', 'sigmoid'];

/** Convolutions and dense layers on the longest path to each layer, it included. */
function depths(layers: readonly LayerInfo[]): ReadonlyMap<LayerName, number> {
  const found = new Map<LayerName, number>();
  for (const { name, kind, inputs } of layers) {
    const below = Math.max(0, ...inputs.map((input) => found.get(input) ?? 0));
    found.set(name, below + (WEIGHTED.includes(kind) ? 1 : 0));
  }
  return found;
}

/** How deep a layer is, from 0 for the input to 1 for the class scores, counted in convolutions and dense layers. */
export function relativeDepth({ layers, logits }: Layers, layer: LayerName): number {
  const found = depths(layers);
  const total = found.get(logits) ?? 0;
  return total === 0 ? 0 : Math.min(1, (found.get(layer) ?? 0) / total);
}

/** Layers that every path goes through. */
function bottlenecks(layers: readonly LayerInfo[]): LayerInfo[] {
  const places = new Map(layers.map(({ name }, i) => [name, i]));
  // From the end: the earliest layer (−1: the input) that a layer further up takes as an input.
  let earliest = layers.length;
  const kept: LayerInfo[] = [];
  for (const [i, layer] of [...layers.entries()].reverse()) {
    if (earliest >= i) kept.unshift(layer);
    earliest = Math.min(earliest, ...layer.inputs.map((input) => places.get(input) ?? -1));
  }
  return kept;
}

/** The layer that is inverted when none is named: the first at half the depth that holds all the network knows of the picture there. */
export function middleLayer(model: Layers): LayerName {
  const found = bottlenecks(model.layers).find(
    ({ name, kind, outputShape: [height, width] }) => ENDS.includes(kind) && height * width > 1 && relativeDepth(model, name) >= 0.5,
  );
  return found?.name ?? model.logits;
}

/** Side of the pictures that the published weights are for. */
const PUBLISHED_SIDE = 227;

/**
 * λ_TV for a layer at this depth and a picture of this size. The authors take 1, 10 and 100 for the layers 1–6, 7–12 and 13–20 of their AlexNet
 * at 227×227, whose convolutions and dense layers are 8: up to a quarter, up to a half, and above. Scaled by the side of the picture: an edge
 * is a line, so that its share of the pixels, and of a mean over them, grows as a picture becomes smaller.
 */
export function variationWeight(depth: number, [height, width]: Extent): number {
  const side = Math.sqrt(height * width) / PUBLISHED_SIDE;
  if (depth <= 0.25) return side;
  return (depth <= 0.5 ? 10 : 100) * side;
}
