import { affected, type Box, inferShapes, type LayerName, type Network, NOWHERE, type PatchedPasses, type Shape } from '@featurescope/core';

/** Bytes of activations that the windows of one pass may fill together. */
const BUDGET = 256 * 2 ** 20;

/** More in one pass are not faster, and a cancelled run would end later. */
const MOST = { incremental: 64, batched: 32 } as const;

/**
 * Windows in one pass by memory, for a picture of a shape and a window in its middle: as many as the activations that are computed for
 * each of them leave room for.
 */
export function batchSizeFor(
  network: Network,
  picture: Shape,
  [height, width]: readonly [number, number],
  wanted: readonly LayerName[],
  { manner, shapes: outputs }: Pick<PatchedPasses, 'manner' | 'shapes'>,
): number {
  const shapes = inferShapes(network, picture, wanted);
  const middle: Box = { top: (picture[0] - height) >> 1, left: (picture[1] - width) >> 1, height, width };
  const changed = new Map<LayerName, Box>([[network.input.name, middle]]);
  // The outputs are whole maps in either manner.
  let floats = outputs.reduce((sum, [rows, columns, channels]) => sum + rows * columns * channels, picture[0] * picture[1] * picture[2]);
  for (const layer of network.layers) {
    const shape = shapes.get(layer.name);
    if (!shape) continue;
    const inputs = layer.inputs.map((name) => shapes.get(name) ?? shape);
    const boxes = layer.inputs.map((name) => changed.get(name) ?? NOWHERE);
    const box = affected(layer, boxes, inputs, shape);
    changed.set(layer.name, box);
    floats += manner === 'incremental' ? box.height * box.width * shape[2] : shape[0] * shape[1] * shape[2];
  }
  return Math.min(Math.max(Math.floor(BUDGET / (4 * floats)), 1), MOST[manner]);
}
