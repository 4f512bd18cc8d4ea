import { blank, type Canvas } from '../loop/canvas.js';

/** Most pictures of a run whose scores are kept. */
const MAX_KEPT = 1000;

/** Scores of all classes on the picture before step `iteration`. */
export interface Moment {
  readonly iteration: number;
  readonly scores: Float32Array;
}

/** Scores of all classes during a run, of every iteration or, in a long run, of up to 1000 evenly spaced ones. */
export interface History {
  /** [1, kept iterations, K, 1]: recorded with the progress, so that an interrupted run goes on with it. */
  readonly canvas: Canvas;
  note(moment: Moment): void;
  /** What was noted before this iteration. */
  until(iteration: number): Moment[];
}

/** A history to be filled; `saved` is the canvas of an interrupted run. */
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
