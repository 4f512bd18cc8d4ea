import {
  type Architecture,
  type Artifact,
  createRandom,
  type Dataset,
  defineVisualizer,
  FeaturescopeError,
  type Network,
  type RunContext,
  type VisualizerEvent,
} from '@featurescope/core';
import { testContext, tinyModel } from '@featurescope/core/testing';
import { z } from 'zod';
import { ablation } from '../../src/index.js';

export const SIDE = 8;

const options = z.strictObject({
  classes: z.int().min(1).default(10),
  channels: z.int().default(3),
  inputSize: z.int().default(SIDE),
  width: z.number().default(1),
  rate: z.number().default(0.2),
  remove: z.array(z.literal(2)).default([]),
});

/** conv → ReLU → max-pool → (dense → ReLU) → dropout → dense → softmax; layer 2 can be removed. */
function miniature({ classes, channels, inputSize, width, rate, remove }: z.output<typeof options>): Network {
  const hidden = remove.includes(2)
    ? []
    : ([
        { kind: 'dense', name: 'fc2', inputs: ['pool'], units: 8, bias: true, inputOrder: 'hwc' },
        { kind: 'relu', name: 'relu2', inputs: ['fc2'] },
      ] as const);
  return {
    input: { name: 'input', shape: [inputSize, inputSize, channels] },
    layers: [
      {
        kind: 'conv',
        name: 'conv',
        inputs: ['input'],
        kernelSize: [3, 3],
        filters: Math.round(4 * width),
        stride: [1, 1],
        dilation: [1, 1],
        padding: 'same',
        groups: 1,
        bias: true,
      },
      { kind: 'relu', name: 'relu', inputs: ['conv'] },
      { kind: 'maxPool', name: 'pool', inputs: ['relu'], size: [4, 4], stride: [4, 4], padding: 'same', ceilMode: false },
      ...hidden,
      { kind: 'dropout', name: 'drop', inputs: [hidden.length > 0 ? 'relu2' : 'pool'], rate },
      { kind: 'dense', name: 'fc3', inputs: ['drop'], units: classes, bias: true, inputOrder: 'hwc' },
      { kind: 'softmax', name: 'prob', inputs: ['fc3'] },
    ],
    outputs: ['prob'],
    weights: new Map(),
  };
}

export const miniatureArchitecture: Architecture = {
  name: 'miniature',
  summary: 'for tests',
  options,
  create(given = {}) {
    const parsed = options.safeParse(given);
    if (!parsed.success) throw new FeaturescopeError('test/options', parsed.error.message, { cause: parsed.error });
    return miniature(parsed.data);
  },
};

/** Names in the order of their labels. */
export const CLASSES = ['flat', 'horizontal', 'vertical'] as const;

/** Noise, with a bright line across or down but for the class `flat`. */
export function lines(each: number, seed = 1): Dataset {
  const random = createRandom(seed);
  const items = Array.from({ length: each * CLASSES.length }, (_, i) => {
    const label = i % CLASSES.length;
    const data = Uint8Array.from({ length: SIDE * SIDE * 3 }, () => random.integer(0, 60));
    const place = random.integer(0, SIDE - 1);
    for (let t = 0; t < SIDE * 3 && label > 0; t++) {
      const [along, c] = [Math.floor(t / 3), t % 3];
      data[(label === 1 ? place * SIDE + along : along * SIDE + place) * 3 + c] = 220;
    }
    return { kind: 'picture', name: `${CLASSES[label]}/${i}`, label, image: { width: SIDE, height: SIDE, channels: 3, data } } as const;
  });
  return {
    name: 'lines',
    size: items.length,
    labels: CLASSES,
    item: async (i) => items[i] ?? Promise.reject(new Error(`no item ${i}`)),
  };
}

/** Two variants with two seeds, short to train. */
export const SHORT = {
  architecture: 'miniature',
  variants: ['base', { name: 'without 2', options: { remove: [2] } }],
  seeds: [1, 2],
  size: SIDE,
  width: 1,
  epochs: 2,
  batchSize: 8,
  heldOut: 0.25,
} satisfies Parameters<typeof ablation>[0];

export type Given = Parameters<typeof ablation>[0];

/** Events of a run, as far as the listener wants them. */
export async function* events(given: Given = {}, change: Partial<RunContext> = {}): AsyncGenerator<VisualizerEvent> {
  const model = await tinyModel();
  const { visualizer, options: parsed } = ablation({ ...SHORT, ...given });
  try {
    const context = testContext({ model, inputs: [], dataset: lines(12), architectures: [miniatureArchitecture] });
    yield* visualizer.run({ ...context, ...change }, parsed as never);
  } finally {
    model.dispose();
  }
}

export async function collect(given: Given = {}, change: Partial<RunContext> = {}): Promise<readonly VisualizerEvent[]> {
  const found: VisualizerEvent[] = [];
  for await (const event of events(given, change)) found.push(event);
  return found;
}

/** The last artifact of a name. */
export function artifactOf<K extends Artifact['kind']>(all: readonly VisualizerEvent[], kind: K, name: string) {
  const found = all.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));
  const artifact = found.findLast((one): one is Extract<Artifact, { kind: K }> => one.kind === kind && one.name === name);
  if (!artifact) throw new Error(`no ${kind} ${name} among ${found.map((one) => one.name).join(', ')}`);
  return artifact;
}

/** The visualizer on the pictures of this world, for tests that bring their own context. */
export const inThisWorld = defineVisualizer({
  ...ablation.visualizer,
  run: (context, given) =>
    ablation.visualizer.run(
      { ...context, dataset: lines(12), architecture: (_name, chosen) => miniatureArchitecture.create(chosen) },
      given,
    ),
});
