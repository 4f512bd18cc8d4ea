import type { Observable } from 'rxjs';
import type { DependencyContainer } from 'tsyringe';
import { createRunContainer } from '../container.js';
import type { RunEvent } from '../visualizer/events.js';
import type { Config } from './config.js';
import { observe } from './observe.js';
import { RunEngine } from './run-engine.js';
import { validateConfig } from './validate-config.js';

export interface RunOptions {
  /** Aborting it cancels the run, which then ends with a `run-finished` event; unsubscribing cancels it unheard. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a config with the services in a container. Cold: each subscription is a run of its own. Ends with `run-finished`, also
 * when visualizers failed; the stream fails only with what keeps the run from starting or from writing its results.
 */
export const run = (config: Config, container: DependencyContainer, options: RunOptions = {}): Observable<RunEvent> =>
  observe((signal) => runEvents(config, container, options.signal ? AbortSignal.any([signal, options.signal]) : signal));

async function* runEvents(config: Config, host: DependencyContainer, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const valid = validateConfig(config);
  const container = createRunContainer(host, valid.plugins);
  try {
    yield* container.resolve(RunEngine).events(valid, signal);
  } finally {
    await container.dispose();
  }
}
