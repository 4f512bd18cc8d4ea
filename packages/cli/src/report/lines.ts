import type { RunEvent } from '@featurescope/core';
import type { Io } from '../io.js';
import { duration, inItsName, results } from './format.js';
import { afterEvent, paceOf, type VisualizerState } from './state.js';
import type { View } from './view.js';

/** Progress is told at every tenth. */
const tenth = (done: number, total: number): number => (total > 0 ? Math.floor((10 * done) / total) : 0);

const outcome = ({ name, status, durationMs = 0, artifacts }: VisualizerState): string => {
  const after = duration(durationMs / 1000);
  return status === 'done' ? `${name}: ${results(artifacts)} in ${after}` : `${name}: ${status} after ${after}`;
};

const lineFor = (event: RunEvent, before: VisualizerState | undefined, state: VisualizerState | undefined): string | undefined => {
  if (state === undefined) return undefined;
  switch (event.type) {
    case 'visualizer-started':
      return `${state.name}: started`;
    case 'visualizer-skipped':
      return `${state.name}: done in an earlier run`;
    case 'visualizer-finished':
      return outcome(state);
    case 'progress': {
      const now = tenth(state.done, state.total);
      if (now === tenth(before?.done ?? 0, before?.total ?? 0)) return undefined;
      const where = [`${state.done}/${state.total}`, ...paceOf(state)].join(', ');
      return `${state.name}: ${now * 10} % (${where})${state.label === undefined ? '' : ` ${state.label}`}`;
    }
    default:
      return undefined;
  }
};

/** Plain lines, for logs and pipes: progress on stdout, warnings on stderr. */
export const linesView = ({ stdout, stderr }: Io): View => {
  let states: readonly VisualizerState[] = [];
  return {
    onEvent: (event) => {
      const before = states;
      states = afterEvent(states, event);
      const index = 'index' in event ? event.index : -1;
      const line = lineFor(event, before[index], states[index]);
      if (line !== undefined) stdout.write(`${line}\n`);
      if (event.type === 'warning') stderr.write(`warning: ${inItsName(event.visualizer, event.message)}\n`);
    },
    print: (line) => stderr.write(`${line}\n`),
    close: () => {},
  };
};
