import { blank, type Canvas } from '../loop/canvas.js';

/** Most iterations of a run whose scores are kept. */
const MAX_KEPT = 1000;

/** Scores of all classes on the picture before step `iteration`. */
export interface Moment {
  readonly iteration: number;
  readonly scores: Float32Array;
}

/** Scores of all classes during a run: before every iteration, or in a run of more than 1000 before every n-th, n being the least that leaves at most 1000. */
export interface History {
  /** [1, kept iterations, K, 1]: recorded with the progress, so that an interrupted run goes on with it. */
  readonly canvas: Canvas;
  note(moment: Moment): void;
  /** What was noted before this iteration. */
  until(iteration: number): Moment[];
}

/** A history to be filled; that of an interrupted run goes on in its canvas `saved`, which it changes. */
export function history(iterations: number, classes: number, saved?: Canvas): History {
  const every = Math.ceil(iterations / MAX_KEPT);
  const canvas = saved ?? blank([1, Math.ceil(iterations / every), classes, 1]);
  return {
    canvas,
    note: ({ iteration, scores }) => {
      if (iteration % every === 0) canvas.data.set(scores, (iteration / every) * classes);
    },
    until: (iteration) =>
      Array.from({ length: Math.ceil(iteration / every) }, (_, i) => ({
        iteration: i * every,
        scores: canvas.data.subarray(i * classes, (i + 1) * classes),
      })),
  };
}
