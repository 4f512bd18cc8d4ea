import type { RunEvent } from '@featurescope/core';
import type { Io } from '../io.js';
import type { View } from './view.js';

/** One line of the event stream; of a picture only its extent is kept, as in `events.ndjson`. */
export const eventLine = (event: RunEvent): string =>
  `${JSON.stringify(event, (_key, value: unknown) => (value instanceof Uint8Array ? undefined : value))}\n`;

/** The event stream as NDJSON on stdout, and nothing else there. */
export const jsonView = (io: Io, talks: boolean): View => ({
  onEvent: (event) => io.stdout.write(eventLine(event)),
  print: (line) => {
    if (talks) io.stderr.write(`${line}\n`);
  },
  close: () => {},
});
