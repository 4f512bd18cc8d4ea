import type { VisualizerEvent } from '@featurescope/core';
import type { Plan } from './study.js';

/** How far a run is: pictures shown to the checkpoints that are known of, `done` of them to one that is being looked at. */
export function progress({ course, options }: Pick<Plan, 'course' | 'options'>, done: number, label: string): VisualizerEvent {
  const checkpoints = options.watchUntil ?? Math.max(course.sources.length, 1);
  return { type: 'progress', done: course.seen.length * course.size + done, total: checkpoints * course.size, label };
}
