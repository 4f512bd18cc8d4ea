import { ancestors, type Layer, type LayerName, type Network, type PatchOutput, type Shape, weightOwner } from '@featurescope/core';
import { DataType } from '@featurescope/onnx';
import { GraphBuilder, type Value } from '../graph/builder.js';
import { Parameters } from '../graph/parameters.js';
import { joined, type Reading, readingOf } from './reading.js';
import { rowsRule } from './rules.js';

/** A table that rows are read from, of one layer (or the input). */
export interface TableSpec {
  readonly layer: LayerName;
  /** What is read outside the map, one row each, after those of the map. */
  readonly outside: readonly number[];
}

/** One reading in the graph: rows of the table of `from`, for the changed positions of `to`. */
export interface ReadingSpec {
  readonly port: string;
  readonly from: LayerName;
  readonly to: LayerName;
  readonly reading: Reading;
}

/** A graph over rows: the changed positions of all patches, one below the other, [rows, channels] of each layer. */
export interface RowsGraph {
  /** The model file. */
  model(): Uint8Array;
  readonly tables: readonly TableSpec[];
  readonly readings: readonly ReadingSpec[];
  /** Average pools whose windows are not all of one size: their divisors come in by the port, [rows, 1]. */
  readonly divisors: readonly { readonly port: string; readonly layer: LayerName }[];
}

export const ROWS_PORTS = {
  /** The changed pixels, [rows, C]. */
  input: 'input',
  /** The unchanged map and what lies outside, [positions + outside, C]. */
  table: (layer: LayerName) => `table:${layer}`,
  reading: (layer: LayerName, index: number) => `reading:${index}:${layer}`,
  divisors: (layer: LayerName) => `divisors:${layer}`,
  /** Channels of an output, where not all are wanted: they may differ from picture to picture. */
  channels: (index: number) => `channels:${index}`,
  output: (index: number) => `output:${index}`,
} as const;

/** Layers with the same changed positions have the same place; each reading that is not in its place begins a new one. */
type PlaceId = number;

/** Builds the graph that computes the changed rows of outputs. Each read table is the unchanged map with the changed rows below. */
export function buildRows(network: Network, shapes: ReadonlyMap<LayerName, Shape>, outputs: readonly PatchOutput[]): RowsGraph {
  const g = new GraphBuilder();
  const parameters = new Parameters(g, network.weights, false);
  const shapeOf = (name: LayerName): Shape => shapes.get(name) ?? [0, 0, 0];
  const rows = new Map<LayerName, Value>();
  const places = new Map<LayerName, PlaceId>([[network.input.name, 0]]);
  const outside = new Map<LayerName, number[]>();
  const tables = new Map<LayerName, Value>();
  const readings: ReadingSpec[] = [];
  const divisors: { port: string; layer: LayerName }[] = [];
  rows.set(network.input.name, g.input(ROWS_PORTS.input, ['changed', shapeOf(network.input.name)[2]]));

  const tableOf = (name: LayerName): Value => {
    const made =
      tables.get(name) ??
      g.op('Concat', [g.input(ROWS_PORTS.table(name), [`positions of ${name}`, shapeOf(name)[2]]), rows.get(name) ?? ''], { axis: 0 });
    tables.set(name, made);
    return made;
  };
  /** [rows of `layer`, taps, C] */
  const read = (layer: Layer, index: number, reading: Reading): Value => {
    const from = layer.inputs[index] ?? '';
    const values = outside.get(from) ?? [];
    outside.set(from, values.includes(reading.outside) ? values : [...values, reading.outside]);
    const port = ROWS_PORTS.reading(layer.name, index);
    readings.push({ port, from, to: layer.name, reading });
    const indices = g.input(port, [`rows of ${layer.name}`, reading.kernel[0] * reading.kernel[1]], DataType.INT32);
    return g.op('Gather', [tableOf(from), indices], { axis: 0 });
  };

  const needed = ancestors(
    network,
    outputs.map(({ layer }) => layer),
  );
  for (const [i, layer] of network.layers.entries()) {
    if (!needed.has(layer.name) || layer.kind === 'constant') continue;
    const shape = shapeOf(layer.name);
    const [first = network.input.name] = layer.inputs;
    const reading = readingOf(layer, shapeOf(first));
    const placesIn = layer.inputs.map((name) => places.get(name) ?? 0);
    const isOnePlace = new Set(placesIn).size === 1 && layer.inputs.every((name) => isLike(shapeOf(name), shape));
    const moves = reading !== 'inPlace' || (layer.inputs.length > 1 && !isOnePlace);
    places.set(layer.name, moves ? i + 1 : (placesIn[0] ?? 0));
    const value = rowsRule(layer)({
      g,
      parameters,
      layer,
      inputShape: shapeOf(first),
      shape,
      rows: (index = 0) => {
        const name = layer.inputs[index] ?? '';
        if (!moves || reading !== 'inPlace') return rows.get(name) ?? '';
        return g.op('Reshape', [read(layer, index, joined(shapeOf(name), shape)), g.ints([-1, shapeOf(name)[2]])]);
      },
      taps: () => (reading === 'inPlace' ? undefined : { value: read(layer, 0, reading), count: reading.kernel[0] * reading.kernel[1] }),
      weight: (parameter) => parameters.get(`${weightOwner(layer)}/${parameter}`),
      divisors: () => {
        const port = ROWS_PORTS.divisors(layer.name);
        divisors.push({ port, layer: layer.name });
        return g.input(port, [`rows of ${layer.name}`, 1]);
      },
    });
    rows.set(layer.name, value);
  }
  for (const [index, { layer, channels }] of outputs.entries()) {
    const value = rows.get(layer) ?? '';
    const chosen = channels
      ? g.op('Gather', [value, g.input(ROWS_PORTS.channels(index), [channels.length], DataType.INT32)], { axis: 1 })
      : value;
    g.output(ROWS_PORTS.output(index), chosen, [`rows of output ${index}`, channels?.length ?? shapeOf(layer)[2]]);
  }
  return {
    model: () => g.encode(),
    tables: [...tables.keys()].map((layer) => ({ layer, outside: outside.get(layer) ?? [] })),
    readings,
    divisors,
  };
}

const isLike = (a: Shape, b: Shape): boolean => a[0] === b[0] && a[1] === b[1];
