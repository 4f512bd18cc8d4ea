import {
  createModel,
  createRandom,
  type Dataset,
  type DatasetItem,
  initializationOptions,
  initializeWeights,
  type Model,
  type Network,
  type RunContext,
  type VisualizerEvent,
  type VisualizerFactory,
} from '@featurescope/core';
import { memoryState, recordingLogger, referenceExecutor, syntheticDrawing, testContext } from '@featurescope/core/testing';
import type { z } from 'zod';
import { conv, dense, plain, pool } from './networks.js';

export const COLOURS = ['red', 'green', 'blue'];
/** What the network of the tests takes: as little as can be, since it is trained again and again. */
const SHAPE = [4, 4, 3] as const;

/** conv1, relu1, pool1, gap, fc and prob on pictures of 4×4, for four classes; random weights. */
export function smallModel(): Promise<Model> {
  const layers = [
    conv('conv1', 'input', 3, 6),
    plain('relu', 'relu1', 'conv1'),
    pool('pool1', 'relu1'),
    plain('globalAvgPool', 'gap', 'pool1'),
    dense('fc', 'gap', 4),
    plain('softmax', 'prob', 'fc'),
  ];
  const network: Network = { input: { name: 'input', shape: [null, null, 3] }, layers, outputs: ['prob'], weights: new Map() };
  const weights = initializeWeights(network, SHAPE, initializationOptions.parse({}), createRandom('small'));
  return createModel({
    name: 'small',
    network: { ...network, weights },
    input: { size: [4, 4], channels: 3, fixedSize: false },
    labels: ['sky', 'cloud', 'mountain', 'water'],
    executor: referenceExecutor,
  });
}

interface Given {
  readonly each?: number;
  /** How much brighter the channel of the class is than the noise, of deviation 1. */
  readonly signal?: number;
  readonly labels?: readonly string[];
  readonly counts?: readonly number[];
  readonly seed?: string;
}

/** Arrays of noise with one channel brighter for each class, in an order that mixes the classes. */
export function colours({
  each = 8,
  signal = 3,
  labels = COLOURS,
  counts = labels.map(() => each),
  seed = 'colours',
}: Given = {}): Dataset {
  const random = createRandom(seed);
  const found = counts.flatMap((count, label) => Array.from({ length: count }, (_, i) => ({ label, i })));
  const order = random.fork('order').permutation(found.length);
  return {
    name: 'colours',
    size: found.length,
    labels,
    async item(index): Promise<DatasetItem> {
      const { label, i } = found[order[index] ?? 0] ?? { label: 0, i: 0 };
      const noise = random.fork(`${label}/${i}`);
      const values = Float32Array.from({ length: 4 * 4 * 3 }, (_, at) => noise.normal() + (at % 3 === label ? signal : 0));
      return { kind: 'array', name: `${labels[label]}/${i}`, label, shape: SHAPE, values };
    },
  };
}

/** Drawings of few and of many strokes. */
export const drawings = (each: number): Dataset => ({
  name: 'drawings',
  size: 2 * each,
  labels: ['few', 'many'],
  async item(index): Promise<DatasetItem> {
    const label = index % 2;
    return { kind: 'drawing', name: String(index), label, drawing: syntheticDrawing(index, label === 0 ? 1 : 12) };
  },
});

export interface Trial {
  readonly dataset?: Dataset;
  readonly state?: ReturnType<typeof memoryState>;
  readonly seed?: number;
  readonly createModel?: () => Promise<Model>;
  readonly signal?: AbortSignal;
  /** The run is killed after an event for which this is so. */
  readonly until?: (event: VisualizerEvent) => boolean;
}

interface Configured {
  readonly visualizer: { run(context: RunContext, options: never): AsyncIterable<VisualizerEvent> };
  readonly options: unknown;
}

/** Runs a visualizer and gathers what it yields. */
export async function tried({ visualizer, options }: Configured, trial: Trial = {}) {
  const { dataset = colours(), state = memoryState(), seed = 1, createModel = smallModel, signal, until } = trial;
  const own = await createModel();
  const shown = { count: 0, trainings: 0 };
  const activations: Model['activations'] = (image, ...others) => {
    shown.count += image.shape[0];
    return own.activations(image, ...others);
  };
  const given = testContext({ model: { ...own, activations }, inputs: [], dataset, state, seed, ...(signal && { signal }) });
  const train: RunContext['train'] = (...parameters) => {
    shown.trainings++;
    return given.train(...parameters);
  };
  const events: VisualizerEvent[] = [];
  try {
    for await (const event of visualizer.run({ ...given, train, log: recordingLogger() }, options as never)) {
      events.push(event);
      if (until?.(event)) break;
    }
  } finally {
    own.dispose();
  }
  const artifacts = events.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));
  const table = (name: string) => artifacts.flatMap((one) => (one.kind === 'table' && one.name === name ? [one] : []))[0];
  return {
    events,
    artifacts,
    shown,
    table,
    rows: (name: string): readonly (readonly (string | number | boolean)[])[] => table(name)?.rows ?? [],
    series: (name: string): readonly number[] =>
      events.flatMap((event) => (event.type === 'metric' && event.series === name ? [event.value] : [])),
    warnings: events.flatMap((event) => (event.type === 'warning' ? [event.message] : [])),
  };
}

/** The same visualizer in a context with a data set. */
export function onDataset<S extends z.ZodObject>(factory: VisualizerFactory<S>, dataset: Dataset): VisualizerFactory<S> {
  const { visualizer } = factory;
  const run: typeof visualizer.run = (context, options) => visualizer.run({ ...context, dataset }, options);
  return Object.assign((options?: z.input<S>) => factory(options), { visualizer: { ...visualizer, run } });
}
