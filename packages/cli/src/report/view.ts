import type { Logger, RunEvent } from '@featurescope/core';
import { type Io, wantsColour } from '../io.js';
import { barsView } from './bars.js';
import { jsonView } from './json.js';
import { linesView } from './lines.js';

/** Shows the events of a run as they come. */
export interface View {
  onEvent(event: RunEvent): void;
  /** A line beside the events: a warning, something the log says. */
  print(line: string): void;
  close(): void;
}

export interface ViewOptions {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly debug?: boolean | undefined;
}

const silentView: View = { onEvent: () => {}, print: () => {}, close: () => {} };

/** NDJSON with `--json`, bars on a terminal, lines elsewhere, nothing with `--quiet`. Without a terminal stderr is left to warnings and errors. */
export const createView = (io: Io, { json, quiet }: ViewOptions): View => {
  const silent = quiet === true ? silentView : undefined;
  if (json === true) return jsonView(io, silent === undefined);
  if (silent !== undefined) return silent;
  return io.stderr.isTTY && io.env['TERM'] !== 'dumb' ? barsView(io.stderr, wantsColour(io.stderr, io.env)) : linesView(io);
};

/** A log that does not tear the view apart. */
export const viewLogger = (view: View, { quiet, debug }: ViewOptions): Logger => ({
  info: (message) => (debug === true ? view.print(message) : undefined),
  warn: (message) => (quiet === true ? undefined : view.print(`warning: ${message}`)),
  debug: (message) => (debug === true ? view.print(message) : undefined),
});
