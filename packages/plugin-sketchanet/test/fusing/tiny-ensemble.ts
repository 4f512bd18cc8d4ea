import {
  createModel,
  createRandom,
  type Dataset,
  type Drawing,
  type Model,
  type RunContext,
  type VisualizerEvent,
  type VisualizerFactory,
} from '@featurescope/core';
import { memoryState, referenceExecutor, testContext, tinyModel } from '@featurescope/core/testing';
import type { z } from 'zod';
import type { Fold } from '../../src/training/collection.js';
import { inkSpec } from '../strokes/linear-model.js';
import { sketch, stroke } from '../support.js';

export const CLASSES = ['floor', 'high', 'low', 'top'];
/** Row of each class on a canvas of 800: a floor is at the bottom. */
const HEIGHTS = [700, 300, 500, 100];
const SIDE = 8;

/** A line across the canvas at the height of its class, give or take 20. */
export function lineOf(label: number, seed: string): Drawing {
  const random = createRandom(seed);
  const at = (): number => (HEIGHTS[label] ?? 0) + 40 * (random.uniform() - 0.5);
  return sketch(stroke([100 + 60 * random.uniform(), at()], [700 - 60 * random.uniform(), at()]));
}

export interface TinyDrawing {
  readonly id: string;
  readonly label: number;
  readonly drawing: Drawing;
}

/** Drawings of every class, with ids that do not tell it. */
export const tinyDrawings = (each = 9): readonly TinyDrawing[] =>
  CLASSES.flatMap((_, label) =>
    Array.from({ length: each }, (__, i) => ({ id: `d${label * 1000 + i}`, label, drawing: lineOf(label, `${label}/${i}`) })),
  );

export const datasetOf = (drawings: readonly TinyDrawing[], labels: readonly string[] = CLASSES): Dataset => ({
  name: 'lines',
  size: drawings.length,
  labels,
  async item(i) {
    const { id, label, drawing } = drawings[i] ?? { id: '', label: 0, drawing: lineOf(0, '') };
    return { kind: 'drawing', name: id, id, label, drawing };
  },
});

interface Given {
  readonly name: string;
  /** What its file says was held out. */
  readonly split?: Fold;
  readonly labels?: readonly string[];
  /** Weight of a row of the picture for a feature. */
  readonly weightOf?: (row: number, feature: number, column: number) => number;
  readonly architecture?: string;
}

/** Highest for ink in the middle of the rows of a class: always right. */
export const perfect = (row: number, feature: number): number => 2 - Math.abs(row + 0.5 - ((HEIGHTS[feature] ?? 0) * SIDE) / 800) / 2;

/** Weights that know nothing. */
export const ignorant =
  (seed: string) =>
  (row: number, feature: number, column: number): number =>
    createRandom(seed).fork(`${row}/${column}/${feature}`).normal();

/** A network of one feature a class, whose weights for pixels are given, and class scores that are the features. */
export function tinyNetwork({ name, split, labels = CLASSES, weightOf = perfect, architecture }: Given): Promise<Model> {
  const count = labels.length;
  const kernel = new Float32Array(SIDE * SIDE * count);
  let at = 0;
  for (let y = 0; y < SIDE; y++) for (let x = 0; x < SIDE; x++) for (let f = 0; f < count; f++) kernel[at++] = weightOf(y, f, x);
  const identity = Float32Array.from({ length: count * count }, (_, i) => (i % (count + 1) === 0 ? 1 : 0));
  const conv = (layer: string, input: string, kernelSize: readonly [number, number]) =>
    ({
      kind: 'conv',
      name: layer,
      inputs: [input],
      kernelSize,
      filters: count,
      stride: [1, 1],
      dilation: [1, 1],
      padding: { top: 0, left: 0, bottom: 0, right: 0 },
      groups: 1,
      bias: false,
    }) as const;
  return createModel({
    name: `${name}-file`,
    network: {
      input: { name: 'input', shape: [SIDE, SIDE, 1] },
      layers: [conv('features', 'input', [SIDE, SIDE]), conv('score', 'features', [1, 1])],
      outputs: ['score'],
      weights: new Map([
        ['features/kernel', { shape: [SIDE, SIDE, 1, count], data: kernel }],
        ['score/kernel', { shape: [1, 1, count, count], data: identity }],
      ]),
    },
    input: inkSpec(SIDE, 1, { canvas: SIDE }),
    labels,
    ...(split && {
      details: { training: { name, ...(architecture && { architecture: { name: architecture } }), data: { kind: 'drawings', ...split } } },
    }),
    executor: referenceExecutor,
  });
}

interface Visualizer {
  readonly visualizer: { run(context: RunContext, options: never): AsyncIterable<VisualizerEvent> };
  readonly options: unknown;
}

export interface Trial {
  readonly networks: Readonly<Record<string, Promise<Model>>>;
  readonly dataset?: Dataset;
  readonly state?: ReturnType<typeof memoryState>;
  /** The run is killed after an event for which this is so. */
  readonly until?: (event: VisualizerEvent) => boolean;
}

/** Runs a visualizer with networks by name and gathers what it yields; disposes the networks. */
export async function tried({ visualizer, options }: Visualizer, { networks, dataset, state = memoryState(), until }: Trial) {
  const model = await tinyModel();
  const loaded = new Map(await Promise.all(Object.entries(networks).map(async ([name, one]) => [name, await one] as const)));
  const events: VisualizerEvent[] = [];
  const shown = { count: 0 };
  const loadModel = async (source: string): Promise<Model> => {
    const found = loaded.get(source);
    if (!found) throw new Error(`no network ${source}`);
    const activations: Model['activations'] = (image, ...others) => {
      shown.count += image.shape[0];
      return found.activations(image, ...others);
    };
    return { ...found, activations };
  };
  try {
    const context = { ...testContext({ model, inputs: [], state, ...(dataset && { dataset }) }), loadModel };
    for await (const event of visualizer.run(context, options as never)) {
      events.push(event);
      if (until?.(event)) break;
    }
  } finally {
    for (const one of [model, ...loaded.values()]) one.dispose();
  }
  const artifacts = events.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));
  const table = (name: string) => artifacts.flatMap((one) => (one.kind === 'table' && one.name === name ? [one] : []))[0];
  return {
    artifacts,
    table,
    /** Row of a table by its first cell, by column. */
    row: (name: string, first: string): Readonly<Record<string, unknown>> => {
      const { columns = [], rows = [] } = table(name) ?? {};
      const found = rows.find(([cell]) => cell === first) ?? [];
      return Object.fromEntries(columns.map((column, i) => [column, found[i]]));
    },
    /** Views of drawings that networks were shown. */
    shown: shown.count,
    warnings: events.flatMap((event) => (event.type === 'warning' ? [event.message] : [])),
  };
}

/** The same visualizer in a context with drawings, whose networks are all the model of the run. */
export function onDrawings<S extends z.ZodObject>(factory: VisualizerFactory<S>): VisualizerFactory<S> {
  const dataset = datasetOf(tinyDrawings(5));
  const { visualizer } = factory;
  const run: typeof visualizer.run = (context, options) =>
    visualizer.run({ ...context, dataset, loadModel: async () => context.model }, options);
  return Object.assign((options?: z.input<S>) => factory(options), { visualizer: { ...visualizer, run } });
}
