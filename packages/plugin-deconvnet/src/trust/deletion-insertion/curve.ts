import type { Model, Shape } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { type Score, scoresOf } from './score.js';

/** From one picture to another, [H, W, C] each, pixel by pixel. */
export interface Way {
  readonly from: Float32Array;
  readonly to: Float32Array;
  readonly shape: Shape;
  /** Of all pixels. */
  readonly order: Uint32Array;
}

/** Pixels that are changed after each step, from none to all: round(k · pixels / steps). */
export const changedAfter = (pixels: number, steps: number): number[] =>
  Array.from({ length: steps + 1 }, (_, k) => Math.round((k * pixels) / steps));

/** The pictures on a way, each a copy of its own. */
export function* picturesOn({ from, to, shape: [, , channels], order }: Way, changed: readonly number[]): Generator<Float32Array> {
  const canvas = from.slice();
  let done = 0;
  for (const count of changed) {
    for (; done < count; done++) {
      const pixel = (order[done] ?? 0) * channels;
      canvas.set(to.subarray(pixel, pixel + channels), pixel);
    }
    yield canvas.slice();
  }
}

export interface CurveRequest {
  /** Pixels that are changed at each point of the curve, rising. */
  readonly changed: readonly number[];
  /** Most pictures in one pass. */
  readonly batchSize: number;
  readonly abort: AbortSignal;
}

/** The score of each picture on a way, a batch in one pass. */
export async function* scoresOn(model: Model, score: Score, way: Way, request: CurveRequest): AsyncGenerator<readonly number[]> {
  const { changed, batchSize, abort } = request;
  const [height, width, channels] = way.shape;
  const size = Math.ceil(changed.length / Math.ceil(changed.length / batchSize));
  const pictures = picturesOn(way, changed);
  for (let first = 0; first < changed.length; first += size) {
    abort.throwIfAborted();
    const count = Math.min(size, changed.length - first);
    const data = new Float32Array(count * way.from.length);
    for (let i = 0; i < count; i++) data.set(pictures.next().value ?? [], i * way.from.length);
    const batch = tf.tensor4d(data, [count, height, width, channels]);
    yield await scoresOf(model, batch, score).finally(() => batch.dispose());
  }
}

/** Area under a curve of equal steps from 0 to 1, by the trapezoidal rule. */
export function areaUnder(curve: readonly number[]): number {
  let sum = 0;
  for (let k = 1; k < curve.length; k++) sum += ((curve[k - 1] ?? 0) + (curve[k] ?? 0)) / 2;
  return sum / (curve.length - 1);
}
