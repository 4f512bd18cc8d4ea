import {
  affected,
  type Box,
  everywhere,
  isNowhere,
  type LayerName,
  type Network,
  type Patch,
  type PatchOutput,
  type Shape,
} from '@featurescope/core';
import type { RowsGraph } from './rows-graph.js';

/** What stays the same from patch to patch. */
export interface Plan {
  readonly network: Network;
  readonly shapes: ReadonlyMap<LayerName, Shape>;
  readonly graph: RowsGraph;
  readonly outputs: readonly PatchOutput[];
}

/** Changed positions of each layer, for each patch. */
export type Changed = ReadonlyMap<LayerName, readonly Box[]>;

/** Most numbers that one layer reads for all patches of a pass: 32 MB, so that the caches are of use. */
const READ_AT_ONCE = 2 ** 23;

/** What a patch changes. A layer that it does not reach counts as changed at its first position, so that there is no layer without rows. */
function changedBy({ network, shapes }: Plan, { box }: Patch): Map<LayerName, Box> {
  const boxes = new Map<LayerName, Box>([[network.input.name, box]]);
  for (const layer of network.layers) {
    const shape = shapes.get(layer.name);
    if (!shape || layer.kind === 'constant') continue;
    const inputs = layer.inputs.map((name) => shapes.get(name) ?? shape);
    const found = affected(
      layer,
      layer.inputs.map((name) => boxes.get(name) ?? everywhere(shape)),
      inputs,
      shape,
    );
    boxes.set(layer.name, isNowhere(found) ? { top: 0, left: 0, height: 1, width: 1 } : found);
  }
  return boxes;
}

/** As many patches as can be computed together, from `first` on, and what they change. */
export function nextPart(
  plan: Plan,
  patches: readonly Patch[],
  first: number,
): { readonly part: readonly Patch[]; readonly changed: Changed } {
  const { shapes, graph } = plan;
  const changed = new Map<LayerName, Box[]>();
  const read = graph.readings.map(() => 0);
  let end = first;
  for (; end < patches.length; end++) {
    const patch = patches[end];
    if (!patch) break;
    const boxes = changedBy(plan, patch);
    const more = graph.readings.map(({ from, to, reading }, i) => {
      const { height, width } = boxes.get(to) ?? NO_BOX;
      return (read[i] ?? 0) + height * width * reading.kernel[0] * reading.kernel[1] * (shapes.get(from)?.[2] ?? 1);
    });
    if (end > first && Math.max(...more) > READ_AT_ONCE) break;
    for (const [i, numbers] of more.entries()) read[i] = numbers;
    for (const [layer, box] of boxes) {
      const list = changed.get(layer);
      if (list) list.push(box);
      else changed.set(layer, [box]);
    }
  }
  return { part: patches.slice(first, end), changed };
}

const NO_BOX: Box = { top: 0, left: 0, height: 0, width: 0 };
