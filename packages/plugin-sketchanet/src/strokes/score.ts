import {
  describeTarget,
  type LayerName,
  type Model,
  resolveTarget,
  strongestUnit,
  type Target,
  type TargetReference,
} from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** What a network makes of a drawing. */
export interface Reading {
  /** Of the target. */
  readonly score: number;
  /** The strongest class. */
  readonly class: number;
}

/** Values [H, W, C] of the model's own size as a batch of one; the caller disposes it. */
export const batchOf = ({ input }: Pick<Model, 'input'>, ...pictures: readonly Float32Array[]): Tensor4D => {
  const [height, width] = input.size;
  const size = height * width * input.channels;
  const data = new Float32Array(size * pictures.length);
  pictures.forEach((picture, i) => {
    data.set(picture, i * size);
  });
  return tf.tensor4d(data, [pictures.length, height, width, input.channels]);
};

/** What is followed: the named class or unit, the strongest where none was named. Values [H, W, C] are those of the whole drawing. */
export async function targetOn(model: Model, values: Float32Array, reference: TargetReference): Promise<Target> {
  const picture = batchOf(model, values);
  return resolveTarget(model, picture, reference).finally(() => picture.dispose());
}

/** Layers that `readingsOf` needs. */
export const layersRead = ({ logits }: Pick<Model, 'logits'>, { layer }: Pick<Target, 'layer'>): readonly LayerName[] => [
  ...new Set([layer.name, logits]),
];

/** Shows the network pictures [H, W, C] in one pass. */
export async function readingsOf(model: Model, target: Target, pictures: readonly Float32Array[]): Promise<readonly Reading[]> {
  const batch = batchOf(model, ...pictures);
  const found = await model.activations(batch, layersRead(model, target)).finally(() => batch.dispose());
  try {
    const followed = await picturesIn(found.get(target.layer.name));
    const scores = await picturesIn(found.get(model.logits));
    const [y, x] = target.at;
    return pictures.map((_, n) => ({
      score: followed.of(n)[(y * followed.shape[1] + x) * followed.shape[2] + target.unit] ?? Number.NaN,
      class: strongestUnit(scores.of(n), scores.shape).unit,
    }));
  } finally {
    tf.dispose([...found.values()]);
  }
}

async function picturesIn(tensor: Tensor4D | undefined) {
  const [, height = 0, width = 0, channels = 0] = tensor?.shape ?? [];
  const data = (await tensor?.data<'float32'>()) ?? new Float32Array();
  const size = height * width * channels;
  return { shape: [height, width, channels] as const, of: (n: number) => data.subarray(n * size, (n + 1) * size) };
}

/** What is followed, in words: `logit of class 64 (cat)`. */
export function scoreLabel(model: Model, target: Target): string {
  const of = describeTarget(model, target);
  if (target.layer.name === model.probabilities) return `probability of ${of}`;
  return target.layer.name === model.logits ? `logit of ${of}` : of;
}

/** A number as short as it can be read. */
export const shortNumber = (value: number): string => {
  const size = Math.abs(value);
  if (value === 0) return '0';
  return (size >= 1e5 || size < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(3)))).replace('-', '−');
};
