import { createModel, createRandom, type Model, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { referenceExecutor, testContext, tinyModel, tinyNetwork } from '@featurescope/core/testing';
import { evolution } from '../../../src/evolution/evolution.js';

export type Given = NonNullable<Parameters<typeof evolution>[0]>;

/** The tiny network with weights of its own for each name: epoch 1 is the tiny model, further ones are ever further from it. */
export async function checkpoint(name: string): Promise<Model> {
  const tiny = await tinyModel();
  const random = createRandom(name);
  const epoch = Number(/\d+$/.exec(name)?.[0] ?? 1);
  const weights = new Map(
    [...tinyNetwork().weights].map(([key, { shape, data }]) => {
      const noise = random.fillNormal(new Float32Array(data.length), 0, 0.1 * (epoch - 1));
      return [key, { shape, data: data.map((value, i) => value + (noise[i] ?? 0)) }];
    }),
  );
  const { input, labels } = tiny;
  return createModel({ name, network: { ...tinyNetwork(), weights }, input, ...(labels && { labels }), executor: referenceExecutor });
}

/** A context whose models are checkpoints, and that counts how many of them are there at a time. */
export function trainingContext(model: Model, change: Partial<RunContext> = {}) {
  const models = { loaded: [] as string[], open: 0, most: 0 };
  const loadModel = async (source: string): Promise<Model> => {
    const loaded = await checkpoint(source);
    models.loaded.push(source);
    models.most = Math.max(models.most, ++models.open);
    return {
      ...loaded,
      dispose() {
        models.open--;
        loaded.dispose();
      },
    };
  };
  const context: RunContext = { ...testContext({ model, inputs: [] }), loadModel, ...change };
  return { context, models };
}

/** All events of a run; `until` ends it early, as a kill would. */
export async function eventsOf(context: RunContext, given: Given, until: (event: VisualizerEvent) => boolean = () => false) {
  const { visualizer, options } = evolution(given);
  const events: VisualizerEvent[] = [];
  for await (const event of visualizer.run(context, options as never)) {
    events.push(event);
    if (until(event)) break;
  }
  return events;
}
