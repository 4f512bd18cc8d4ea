import type { VisualizerEvent } from '@featurescope/core';

/** How much of each part of a study is done, 0 … 1. */
export interface Done {
  looked: number;
  read: number;
  fitted: number;
  trained: number;
}

/** About how the time divides where a network is trained from scratch. */
const WEIGHTS: Readonly<Record<keyof Done, number>> = { looked: 0.05, read: 0.2, fitted: 0.25, trained: 0.5 };

const TOTAL = 1000;

export function progressOf(done: Done, trains: boolean, label: string): VisualizerEvent {
  const parts = (['looked', 'read', 'fitted', 'trained'] as const).filter((part) => trains || part !== 'trained');
  const whole = parts.reduce((sum, part) => sum + WEIGHTS[part], 0);
  const share = parts.reduce((sum, part) => sum + WEIGHTS[part] * done[part], 0) / whole;
  return { type: 'progress', done: Math.min(TOTAL, Math.floor(TOTAL * share + 1e-9)), total: TOTAL, label };
}
