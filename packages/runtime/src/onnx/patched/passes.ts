import {
  affected,
  type Box,
  type CompiledNetwork,
  everywhere,
  inferShapes,
  isNowhere,
  type LayerName,
  type Network,
  type Patch,
  type PatchedPasses,
  type PatchOutput,
  patchOutputShape,
  type Shape,
} from '@featurescope/core';
import { dispose as disposeTensors, type Tensor4D } from '@tensorflow/tfjs-core';
import { avgDivisors } from '../graph/pool-geometry.js';
import { type Feeds, type Numbers, Session, type SessionOptions } from '../session.js';
import { numbersOf } from '../tensors.js';
import { readRows, type Table } from './reading.js';
import { buildRows, ROWS_PORTS, type RowsGraph } from './rows-graph.js';

/** Most numbers that one layer reads for all patches of a pass: 32 MB, so that the caches are of use. */
const READ_AT_ONCE = 2 ** 23;

/** Passes of a picture that compute, of every layer, just the positions that a patch can change. */
export async function incrementalPasses(
  compiled: Pick<CompiledNetwork, 'network' | 'forward'>,
  picture: Tensor4D,
  outputs: readonly PatchOutput[],
  options: SessionOptions,
): Promise<PatchedPasses> {
  const { network } = compiled;
  const [, height, width, channels] = picture.shape;
  const layers = outputs.map(({ layer }) => layer);
  const shapes = inferShapes(network, [height, width, channels], layers);
  const graph = buildRows(network, shapes, outputs);
  const maps = await unchangedMaps(compiled, picture, [...new Set([...graph.tables.map(({ layer }) => layer), ...layers])]);
  const session = await Session.create(graph.model, options);
  const plan: Plan = { network, shapes, graph };
  const tables = new Map(graph.tables.map(({ layer, outside }) => [layer, withRows(maps.get(layer) ?? NOTHING, outside)]));
  const bases = outputs.map((output) => chosen(maps.get(output.layer) ?? NOTHING, output));
  const run = async (patches: readonly Patch[], changed: Changed): Promise<readonly Float32Array[]> => {
    const feeds = feedsOf(plan, tables, patches, changed);
    return session.run(feeds, (results) =>
      outputs.map(({ layer }, i) => {
        const found = results.get(ROWS_PORTS.output(i))?.data ?? new Float32Array();
        return assembled(
          bases[i] ?? NOTHING,
          found,
          changed.get(layer) ?? [],
          patchOutputShape(shapes.get(layer), outputs[i] ?? { layer }),
        );
      }),
    );
  };
  return {
    manner: 'incremental',
    shapes: outputs.map((output) => patchOutputShape(shapes.get(output.layer), output)),
    async forward(patches, signal) {
      const results: Float32Array[][] = outputs.map(() => []);
      for (let first = 0; first < patches.length; ) {
        signal?.throwIfAborted();
        const { part, changed } = nextPart(plan, patches, first);
        first += part.length;
        for (const [i, values] of (await run(part, changed)).entries()) results[i]?.push(values);
      }
      return results.map(joined);
    },
    dispose: () => void session.release(),
  };
}

const NOTHING: Numbers = { data: new Float32Array(), dims: [0, 0, 0, 0] };

interface Plan {
  readonly network: Network;
  readonly shapes: ReadonlyMap<LayerName, Shape>;
  readonly graph: RowsGraph;
}

/** Changed positions of each layer, for each patch. */
type Changed = ReadonlyMap<LayerName, readonly Box[]>;

async function unchangedMaps(
  compiled: Pick<CompiledNetwork, 'network' | 'forward'>,
  picture: Tensor4D,
  layers: readonly LayerName[],
): Promise<ReadonlyMap<LayerName, Numbers>> {
  const input = compiled.network.input.name;
  const found = await compiled.forward(
    picture,
    layers.filter((layer) => layer !== input),
  );
  try {
    const maps = new Map<LayerName, Numbers>();
    for (const [layer, tensor] of [...found, [input, picture] as const]) {
      const { data, dims } = await numbersOf(tensor);
      maps.set(layer, { data: data.slice(), dims });
    }
    return maps;
  } finally {
    disposeTensors([...found.values()]);
  }
}

/** A map as rows, and rows of one value each below. */
function withRows({ data, dims }: Numbers, values: readonly number[]): Numbers {
  const channels = dims.at(-1) ?? 1;
  const all = new Float32Array(data.length + values.length * channels);
  all.set(data);
  for (const [i, value] of values.entries()) all.fill(value, data.length + i * channels, data.length + (i + 1) * channels);
  return { data: all, dims: [all.length / channels, channels] };
}

function chosen({ data, dims }: Numbers, { channels }: PatchOutput): Numbers {
  if (!channels) return { data, dims };
  const all = dims.at(-1) ?? 1;
  const rows = data.length / all;
  const picked = new Float32Array(rows * channels.length);
  for (let row = 0; row < rows; row++)
    for (const [i, channel] of channels.entries()) picked[row * channels.length + i] = data[row * all + channel] ?? 0;
  return { data: picked, dims: [...dims.slice(0, -1), channels.length] };
}

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
function nextPart(plan: Plan, patches: readonly Patch[], first: number): { readonly part: readonly Patch[]; readonly changed: Changed } {
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

function feedsOf(
  { network, shapes, graph }: Plan,
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

/** Whole maps: the unchanged one with the changed rows of each patch put in. */
function assembled(base: Numbers, rows: Float32Array, boxes: readonly Box[], [height, width, channels]: Shape): Float32Array {
  const size = height * width * channels;
  const all = new Float32Array(boxes.length * size);
  let at = 0;
  for (const [n, { top, left, height: tall, width: wide }] of boxes.entries()) {
    if (tall !== height || wide !== width) all.set(base.data, n * size);
    const run = wide * channels;
    for (let y = top; y < top + tall; y++, at += run) all.set(rows.subarray(at, at + run), n * size + (y * width + left) * channels);
  }
  return all;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
