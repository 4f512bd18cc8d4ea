import type { RunEvent } from '@featurescope/core';
import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import type { Output } from '../io.js';
import { bar } from './download.js';
import { duration, inItsName, results } from './format.js';
import { afterEvent, paceOf, type VisualizerState } from './state.js';
import type { View } from './view.js';

const REDRAW_MS = 80;

type Colours = ReturnType<typeof pc.createColors>;

const running = (state: VisualizerState): string => {
  const { done, total, label = '' } = state;
  if (total === 0) return label === '' ? 'starting' : label;
  return [bar(done / total), `${Math.floor((100 * done) / total)} %`, `${done}/${total}`, ...paceOf(state), label]
    .filter((part) => part !== '')
    .join('  ');
};

const clip = (text: string, columns: number): string => (text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`);

const line = (state: VisualizerState, width: number, columns: number, colours: Colours): string => {
  const name = colours.bold(state.name.padEnd(width));
  const seconds = (state.durationMs ?? 0) / 1000;
  switch (state.status) {
    case 'waiting':
      return `  ${name}  ${colours.dim('waiting')}`;
    case 'skipped':
      return `${colours.green('✔')} ${name}  ${colours.dim('done in an earlier run')}`;
    case 'running':
      return `${colours.cyan('›')} ${name}  ${clip(running(state), columns - width - 4)}`;
    case 'done':
      return `${colours.green('✔')} ${name}  ${results(state.artifacts)} in ${duration(seconds)}`;
    case 'cancelled':
      return `${colours.yellow('◼')} ${name}  cancelled after ${duration(seconds)}`;
    case 'failed':
      return `${colours.red('✖')} ${name}  ${colours.red(`failed after ${duration(seconds)}`)}`;
  }
};

/** A line for each visualizer: a bar with rate and time to go while it runs, its outcome after. */
export const renderBars = (states: readonly VisualizerState[], columns: number, coloured: boolean): string => {
  const width = Math.max(0, ...states.map(({ name }) => name.length));
  const colours = pc.createColors(coloured);
  return states.map((state) => line(state, width, columns, colours)).join('\n');
};

/** Bars that are redrawn in place. */
export const barsView = (output: Output, coloured: boolean): View => {
  const update = createLogUpdate(output as unknown as NodeJS.WritableStream, { showCursor: true });
  let states: readonly VisualizerState[] = [];
  let drawnAt = 0;
  const draw = (): void => update(renderBars(states, output.columns, coloured));
  const print = (text: string): void => {
    update.clear();
    output.write(`${text}\n`);
    draw();
  };
  return {
    onEvent: (event: RunEvent) => {
      states = afterEvent(states, event);
      if (event.type === 'warning') return print(`warning: ${inItsName(event.visualizer, event.message)}`);
      const at = Date.parse(event.time);
      if (event.type === 'progress' && at - drawnAt < REDRAW_MS) return;
      if (event.type === 'metric' || event.type === 'frame' || event.type === 'artifact') return;
      drawnAt = at;
      draw();
    },
    print,
    close: () => {
      if (states.length > 0) draw();
      update.done();
    },
  };
};
