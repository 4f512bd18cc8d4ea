import type { VisualizerEvent } from '@featurescope/core';
import type { ReadingProgress } from '../pictures/index.js';

/** Work of a study in pictures: those that are read once, and those that each training goes through. */
export interface Work {
  readonly read: number;
  readonly cells: number;
  /** Of a training with its measurement. */
  readonly perCell: number;
}

const event = (done: number, { read, cells, perCell }: Work, label: string): VisualizerEvent => ({
  type: 'progress',
  done,
  total: read + cells * perCell,
  label,
});

/** Before it is known how many pictures are held out the work is taken to be the most that it can be, so that progress never falls. */
export const readingProgress = ({ done, total }: ReadingProgress, cells: number, epochs: number): VisualizerEvent =>
  event(done, { read: total, cells, perCell: (epochs + 1) * total }, 'reading pictures');

/** After whole trainings and some pictures of the next. */
export const cellProgress = (work: Work, cells: number, pictures: number, label: string): VisualizerEvent =>
  event(work.read + cells * work.perCell + pictures, work, label);
