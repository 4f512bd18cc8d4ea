import type { RunEvent, RunStatus } from '@featurescope/core';
import { duration, rate } from './format.js';

/** Where one visualizer stands. Times are milliseconds since 1970. */
export interface VisualizerState {
  readonly name: string;
  readonly status: RunStatus | 'waiting' | 'skipped';
  readonly done: number;
  readonly total: number;
  readonly label?: string;
  /** First progress that was seen: after a resume it does not begin at 0. */
  readonly since?: { readonly done: number; readonly at: number };
  readonly at: number;
  readonly artifacts: number;
  readonly durationMs?: number;
  readonly error?: string;
}

const waiting = (name: string): VisualizerState => ({ name, status: 'waiting', done: 0, total: 0, at: 0, artifacts: 0 });

/** Work begins when it is first seen, or, where it begins at its first step, when what was before it ended. */
const firstSeen = (state: VisualizerState, done: number, at: number): { readonly done: number; readonly at: number } =>
  done === 1 ? { done: 0, at: state.at } : { done, at };

const next = (state: VisualizerState, event: RunEvent): VisualizerState => {
  const at = Date.parse(event.time);
  switch (event.type) {
    case 'visualizer-started':
      return { ...state, status: 'running', at, since: { done: 0, at } };
    case 'visualizer-skipped':
      return { ...state, status: 'skipped', at };
    case 'visualizer-finished': {
      const { status, durationMs, error } = event;
      return { ...state, status, at, durationMs, ...(error === undefined ? {} : { error }) };
    }
    case 'progress': {
      const { done, total, label } = event;
      const since = total === state.total && state.since ? state.since : firstSeen(state, done, at);
      return { ...state, done, total, at, since, ...(label === undefined ? {} : { label }) };
    }
    case 'artifact':
      return { ...state, at, artifacts: state.artifacts + 1 };
    default:
      return state;
  }
};

/** The states after an event. */
export const afterEvent = (states: readonly VisualizerState[], event: RunEvent): readonly VisualizerState[] => {
  if (event.type === 'run-started') return event.visualizers.map(waiting);
  if (event.type === 'run-finished') return states;
  return states.map((state, i) => (i === event.index ? next(state, event) : state));
};

/** Steps a second since the first one seen, or `undefined` before there are any. */
export const rateOf = ({ done, since, at }: VisualizerState): number | undefined => {
  if (since === undefined || at <= since.at || done <= since.done) return undefined;
  return ((done - since.done) * 1000) / (at - since.at);
};

/** Rate and time to go: `12.5/s`, `ETA 42 s`; nothing before the first step and after the last. */
export function paceOf(state: VisualizerState): readonly string[] {
  const perSecond = rateOf(state);
  const left = state.total - state.done;
  return perSecond === undefined || left <= 0 ? [] : [rate(perSecond), `ETA ${duration(left / perSecond)}`];
}
