import type { Extent, Model, Shape } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { type Canvas, readAll } from '../loop/canvas.js';

/** What counts of a map of scores, which a network gives for a picture larger than those it was trained on. */
export const POSITIONS = ['mean', 'max', 'centre'] as const;
export type Positions = (typeof POSITIONS)[number];

/** Scores before the softmax, [h, w, K] in C order. */
export interface ScoreMap {
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** The middle position of a map; of two, the lower right one. */
export const centreOf = ([height, width]: Extent): readonly [y: number, x: number] => [Math.floor(height / 2), Math.floor(width / 2)];

/** Scores of all K classes at what counts: their mean over positions, the middle position, or the one at which class `k` scores highest (the first of equals). */
export function scoresAt({ shape, data }: ScoreMap, positions: Positions, k: number): Float32Array {
  const [height, width, classes] = shape;
  const at = (position: number): Float32Array => data.slice(position * classes, (position + 1) * classes);
  switch (positions) {
    case 'mean':
      return meanOver(data, height * width, classes);
    case 'centre': {
      const [y, x] = centreOf([height, width]);
      return at(y * width + x);
    }
    case 'max': {
      const score = (position: number): number => data[position * classes + k] ?? 0;
      let best = 0;
      for (let position = 1; position < height * width; position++) if (score(position) > score(best)) best = position;
      return at(best);
    }
  }
}

function meanOver(data: Float32Array, count: number, classes: number): Float32Array {
  const sums = new Float64Array(classes);
  for (let i = 0; i < data.length; i++) sums[i % classes] = (sums[i % classes] ?? 0) + (data[i] ?? 0);
  return Float32Array.from(sums, (sum) => sum / count);
}

/** The class with the highest score at what counts; for `max`, the one with the highest score anywhere. */
export function strongestClass(map: ScoreMap, positions: Positions): number {
  const classes = map.shape[2];
  const scores = positions === 'max' ? map.data : scoresAt(map, positions, 0);
  let best = 0;
  for (let i = 1; i < scores.length; i++) if ((scores[i] ?? 0) > (scores[best] ?? 0)) best = i;
  return best % classes;
}

/** Scores of a batch of one, [1, h, w, K]. */
export async function scoreMap(tensor: tf.Tensor4D | undefined): Promise<ScoreMap> {
  if (!tensor) throw new Error('a pass without the scores that were asked for');
  const [, height, width, classes] = tensor.shape;
  return { shape: [height, width, classes], data: (await tensor.data()) as Float32Array };
}

/** Scores of a picture. */
export async function scoresOf(model: Model, canvas: Canvas): Promise<ScoreMap> {
  const image = readAll(canvas);
  try {
    const activations = await model.activations(image, [model.logits]);
    try {
      return await scoreMap(activations.get(model.logits));
    } finally {
      tf.dispose([...activations.values()]);
    }
  } finally {
    image.dispose();
  }
}
