import type { BackwardPolicy, LayerName, Model, Shape } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { otherSize } from './errors.js';
import { batchTensor, byShape, paddedSize } from './tracking/batches.js';
import { prefetched } from './tracking/prefetch.js';
import type { Strong } from './tracking/ranking.js';
import type { Stimuli, Stimulus } from './tracking/stimuli.js';

/** One activation to be projected. */
export interface ProjectionJob {
  readonly unit: number;
  readonly strong: Strong;
}

/** An activation carried down to its picture, with its value as the signal. */
export interface Projection {
  readonly job: ProjectionJob;
  readonly shape: Shape;
  /** The picture in input units, [H, W, C]. */
  readonly picture: Float32Array;
  /** What of the picture the unit answers to, [H, W, C]. */
  readonly values: Float32Array;
  /** The activation in this pass. */
  readonly value: number;
}

export interface ProjectionsRequest {
  /** Who asks, for messages. */
  readonly visualizer: string;
  readonly model: Model;
  readonly layer: LayerName;
  readonly jobs: readonly ProjectionJob[];
  readonly stimuli: Stimuli;
  readonly policy: BackwardPolicy;
  readonly batch: number;
  readonly signal: AbortSignal;
}

type Shown = ProjectionJob & { readonly stimulus: Stimulus; readonly shape: Shape };

/**
 * Projects activations of one layer, in the order of the jobs (Zeiler & Fergus 2014, section 2.1): all others are set to 0 and the one keeps its
 * value. @throws FeaturescopeError when a picture has changed its size
 */
export async function* projections(request: ProjectionsRequest): AsyncGenerator<Projection> {
  const { visualizer, model, layer, jobs, stimuli, policy, batch, signal } = request;
  const read = async (index: number): Promise<readonly Shown[]> => {
    const part = jobs.slice(index * batch, (index + 1) * batch);
    const items = [...new Set(part.map(({ strong }) => strong.item))];
    const found = new Map((await Promise.all(items.map((item) => stimuli.read(item)))).map((stimulus) => [stimulus.item, stimulus]));
    return part.flatMap((job): Shown[] => {
      const stimulus = found.get(job.strong.item);
      return stimulus ? [{ ...job, stimulus, shape: stimulus.shape }] : [];
    });
  };
  for await (const part of prefetched(Math.ceil(jobs.length / batch), 2, read))
    for (const alike of byShape(part)) {
      signal.throwIfAborted();
      for (const { stimulus, strong } of alike)
        if (stimulus.shape[0] !== strong.size[0] || stimulus.shape[1] !== strong.size[1]) throw otherSize(visualizer, stimulus.name, layer);
      yield* await projected(model, layer, alike, policy, paddedSize(alike.length, batch), signal);
    }
}

async function projected(
  model: Model,
  layer: LayerName,
  jobs: readonly Shown[],
  policy: BackwardPolicy,
  size: number,
  signal: AbortSignal,
): Promise<readonly Projection[]> {
  const input = batchTensor(
    jobs.map(({ stimulus }) => stimulus),
    size,
  );
  const units = Array.from({ length: size }, (_, i) => {
    const { unit, strong } = jobs[Math.min(i, jobs.length - 1)] ?? { unit: 0, strong: { at: [0, 0] as const } };
    return { channel: unit, at: strong.at };
  });
  try {
    const { gradient, values } = await model.compiled.gradient({
      input,
      // The first only reads the activation; the derivative of the second is the activation itself.
      seeds: [
        { layer, form: 'sum', units, weight: 0 },
        { layer, form: 'squares', units, weight: 0.5 },
      ],
      policy,
      signal,
    });
    try {
      const all = await gradient.data<'float32'>();
      const length = all.length / size;
      return jobs.map((job, i) => ({
        job,
        shape: job.shape,
        picture: job.stimulus.values,
        values: all.subarray(i * length, (i + 1) * length),
        value: values[0]?.[i] ?? Number.NaN,
      }));
    } finally {
      tf.dispose(gradient);
    }
  } finally {
    input.dispose();
  }
}
