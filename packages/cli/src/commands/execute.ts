import { join, relative } from 'node:path';
import type { Config, RunEvent } from '@featurescope/core';
import { lastValueFrom, tap } from 'rxjs';
import type { ExitCode } from '../command.js';
import type { CommonOptions } from '../common.js';
import type { Io } from '../io.js';
import { downloadLines } from '../report/download.js';
import { inItsName } from '../report/format.js';
import { createView, type View, viewLogger } from '../report/view.js';
import { type Completion, runWithServices } from '../services/run-with-services.js';

/** A config with what flags say in place of its own. */
export const withFlags = (config: Config, { model, dataset, out, seed, runtime, resume }: CommonOptions): Config => ({
  ...config,
  ...(model === undefined ? {} : { model }),
  ...(dataset === undefined ? {} : { dataset }),
  ...(out === undefined ? {} : { out }),
  ...(seed === undefined ? {} : { seed }),
  ...(runtime === undefined ? {} : { runtime }),
  ...(resume === undefined ? {} : { resume }),
});

type Failure = { readonly visualizer: string; readonly error: string; readonly usage: boolean };

/** What the events of a run come to. */
class Outcome {
  readonly failures: Failure[] = [];
  readonly finished: string[] = [];
  out = '';
  cancelled = false;

  add(event: RunEvent): void {
    if (event.type === 'run-started') this.out = event.out;
    if (event.type === 'run-finished') this.cancelled = event.status === 'cancelled';
    if (event.type !== 'visualizer-finished' && event.type !== 'visualizer-skipped') return;
    if (event.type === 'visualizer-finished' && event.status === 'failed') {
      this.failures.push({ visualizer: event.visualizer, error: event.error ?? 'failed', usage: event.errorCategory === 'usage' });
    } else this.finished.push(event.visualizer);
  }

  /** 2 when nothing came out because everything was asked for wrongly, 1 when something failed. */
  get exitCode(): ExitCode {
    if (this.cancelled) return 130;
    if (this.failures.length === 0) return 0;
    return this.finished.length === 0 && this.failures.every(({ usage }) => usage) ? 2 : 1;
  }
}

/** Relative where that is shorter. */
const seenFrom = (cwd: string, path: string): string => {
  const seen = relative(cwd, path);
  return seen.startsWith('..') ? path : seen;
};

const show = (event: RunEvent, outcome: Outcome, view: View): void => {
  outcome.add(event);
  view.onEvent(event);
};

/**
 * Runs a config and shows it; Ctrl-C cancels it and waits until its folder is in order. `complete` may add to the config what
 * needs services, and change these.
 */
export const execute = async (config: Config, io: Io, common: CommonOptions, complete?: Completion): Promise<ExitCode> => {
  const view = createView(io, common);
  const outcome = new Outcome();
  const cancelling = new AbortController();
  const stopListening = io.onInterrupt(() => cancelling.abort());
  try {
    const onDownload = downloadLines(io.stderr, common.quiet === true);
    const settings = { logger: viewLogger(view, common), cwd: io.cwd, signal: cancelling.signal, onDownload };
    const events$ = runWithServices(config, settings, complete).pipe(tap((event) => show(event, outcome, view)));
    await lastValueFrom(events$, { defaultValue: undefined });
  } finally {
    stopListening();
    view.close();
  }
  for (const failure of outcome.failures) io.stderr.write(`error: ${inItsName(failure.visualizer, failure.error)}\n`);
  if (outcome.cancelled) io.stderr.write('cancelled; continue with --resume\n');
  else if (common.json !== true && common.quiet !== true && outcome.exitCode !== 2) {
    io.stdout.write(`Gallery: ${seenFrom(io.cwd, join(outcome.out, 'index.html'))}\n`);
  }
  return outcome.exitCode;
};
