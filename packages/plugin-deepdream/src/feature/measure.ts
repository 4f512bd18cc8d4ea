import type { Model } from '@featurescope/core';
import { type Canvas, readAll } from '../loop/canvas.js';
import { flatPictures } from '../loop/evaluation.js';
import type { Goal, Goals } from './goals.js';
import { goalObjective } from './objective.js';

/** How well a picture does what it was made for, without transforms. */
export interface Measured {
  readonly activation: number;
  /** Whether the gradient is 0 everywhere: the unit is off for all small changes of this picture. */
  readonly flat: boolean;
}

/** Measures pictures [N, H, W, C] by one more pass. */
export async function measure(
  model: Model,
  goals: Goals,
  batch: readonly Goal[],
  pictures: Canvas,
  signal: AbortSignal,
): Promise<Measured[]> {
  const objective = goalObjective(goals, batch);
  const image = readAll(pictures);
  try {
    const { perPicture, gradient } = await model.gradient(image, objective, { signal });
    try {
      const values = perPicture.get(objective.terms[0]?.name ?? '');
      const data = (await gradient.data()) as Float32Array;
      return flatPictures({ shape: gradient.shape, data }).map((flat, n) => ({ activation: values?.[n] ?? Number.NaN, flat }));
    } finally {
      gradient.dispose();
    }
  } finally {
    image.dispose();
  }
}
