import type { Box, LayerName, Patch } from '@featurescope/core';
import { avgDivisors } from '../graph/pool-geometry.js';
import type { Feeds, Numbers } from '../session.js';
import type { Changed, Plan } from './changes.js';
import { joined } from './maps.js';
import { readRows, type Table } from './reading.js';
import { ROWS_PORTS } from './rows-graph.js';

/** What goes into the graph for some patches. */
export function feedsOf(
  { network, shapes, graph, outputs }: Plan,
  tables: ReadonlyMap<LayerName, Numbers>,
  patches: readonly Patch[],
  changed: Changed,
): Feeds {
  const feeds = new Map<string, Feeds extends ReadonlyMap<string, infer Value> ? Value : never>();
  const channels = shapes.get(network.input.name)?.[2] ?? 1;
  const pixels = joined(patches.map(({ values }) => values));
  feeds.set(ROWS_PORTS.input, { data: pixels, dims: [pixels.length / channels, channels] });
  for (const [layer, numbers] of tables) feeds.set(ROWS_PORTS.table(layer), numbers);
  const outside = new Map(graph.tables.map((table) => [table.layer, table.outside]));
  for (const { port, from, to, reading } of graph.readings) {
    const table: Table = { shape: shapes.get(from) ?? [0, 0, 0], outside: outside.get(from) ?? [], changed: changed.get(from) ?? [] };
    const data = readRows(reading, table, changed.get(to) ?? []);
    const taps = reading.kernel[0] * reading.kernel[1];
    feeds.set(port, { data, dims: [data.length / taps, taps] });
  }
  for (const [i, { channels: chosen }] of outputs.entries())
    if (chosen) feeds.set(ROWS_PORTS.channels(i), { data: Int32Array.from(chosen), dims: [chosen.length] });
  for (const { port, layer } of graph.divisors) feeds.set(port, divisorsOf({ network, shapes }, layer, changed.get(layer) ?? []));
  return feeds;
}

/** Divisors of an average pool at the changed positions, [rows, 1]. */
function divisorsOf({ network, shapes }: Pick<Plan, 'network' | 'shapes'>, name: LayerName, boxes: readonly Box[]): Numbers {
  const layer = network.layers.find((one) => one.name === name);
  if (layer?.kind !== 'avgPool') throw new Error(`${name} is no average pool`);
  const [height, width, channels] = shapes.get(layer.inputs[0] ?? '') ?? [0, 0, 0];
  const [rows, columns] = shapes.get(name) ?? [0, 0];
  const all = avgDivisors(layer, [1, channels, height, width], [1, channels, rows, columns]);
  const data = new Float32Array(boxes.reduce((sum, box) => sum + box.height * box.width, 0));
  let at = 0;
  for (const { top, left, height: tall, width: wide } of boxes)
    for (let y = top; y < top + tall; y++) for (let x = left; x < left + wide; x++) data[at++] = all[y * columns + x] ?? 1;
  return { data, dims: [data.length, 1] };
}
