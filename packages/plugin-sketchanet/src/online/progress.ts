import type { VisualizerEvent } from '@featurescope/core';

/** Counts work that is done. */
export interface Progress {
  add(work: number, label?: string): VisualizerEvent;
}

export function createProgress(total: number): Progress {
  let done = 0;
  return {
    add(work, label) {
      done += work;
      return { type: 'progress', done, total, ...(label !== undefined && { label }) };
    },
  };
}
