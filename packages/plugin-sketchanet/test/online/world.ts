import type { Artifact } from '@featurescope/core';
import { createModel, type Dataset, type Drawing, type Input, type Model, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { referenceExecutor, syntheticDrawing, testContext, tinyModel, tinyNetwork } from '@featurescope/core/testing';
import { onlineRecognition } from '../../src/index.js';
import type { OnlineOptions } from '../../src/online/options.js';
import { foldOf } from '../../src/training/collection.js';

/** The tiny network, and one that decides otherwise; both say that the first of three parts was held out. */
export async function member(source: string): Promise<Model> {
  const model = await tinyModel();
  const { input, labels = [] } = model;
  model.dispose();
  const network = tinyNetwork();
  const sign = source === 'other' ? -1 : 1;
  const weights = new Map(
    [...network.weights].map(([name, { shape, data }]) => [
      name,
      { shape, data: name.startsWith('fc3') ? data.map((w) => sign * w) : data },
    ]),
  );
  const details = source === 'silent' ? {} : { training: { data: { folds: 3, fold: 1 } } };
  return createModel({ name: source, network: { ...network, weights }, input, labels, details, executor: referenceExecutor });
}

const CLASSES = ['sky', 'cloud', 'mountain', 'water'] as const;
const EACH = 6;

export const isHeldOut = (id: string): boolean => foldOf(id, 3) === 1;

/** Drawings of the classes of the tiny network, of one to three strokes. */
export function drawings(change: (drawing: Drawing, id: string) => Drawing = (drawing) => drawing): Dataset {
  const items = CLASSES.flatMap((name, label) =>
    Array.from({ length: EACH }, (_, i) => {
      const id = `${name}${i}`;
      return { kind: 'drawing', name: id, id, label, drawing: change(syntheticDrawing(id, 1 + (i % 3)), id) } as const;
    }),
  );
  return {
    name: 'some',
    size: items.length,
    labels: CLASSES,
    item: async (i) => items[i] ?? Promise.reject(new Error(`no item ${i}`)),
  };
}

/** Short to train. */
export const SHORT = { ensemble: ['one', 'other'], steps: 4, hidden: 5, epochs: 3, batchSize: 4 } as const;

export type Given = Parameters<typeof onlineRecognition>[0];

/** Events of a run, as far as the listener wants them. */
export async function* events(given: Given, change: Partial<RunContext> & { readonly inputs?: readonly Input[] } = {}) {
  const model = await tinyModel();
  const { visualizer, options } = onlineRecognition({ ...SHORT, ensemble: [...SHORT.ensemble], ...given });
  try {
    const context = { ...testContext({ model, inputs: [] }), loadModel: member, ...change };
    yield* visualizer.run(context, options as OnlineOptions) as AsyncIterable<VisualizerEvent>;
  } finally {
    model.dispose();
  }
}

export async function results(given: Given, change: Parameters<typeof events>[1] = {}) {
  const all: VisualizerEvent[] = [];
  for await (const event of events(given, change)) all.push(event);
  const artifacts = all.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));
  const find = <K extends Artifact['kind']>(kind: K, name: string) =>
    artifacts.find((artifact): artifact is Extract<Artifact, { kind: K }> => artifact.kind === kind && artifact.name === name);
  return { all, artifacts, find, warnings: all.flatMap((event) => (event.type === 'warning' ? [event.message] : [])) };
}
