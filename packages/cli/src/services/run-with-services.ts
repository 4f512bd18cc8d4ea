import { type Config, type RunEvent, type RunOptions, run } from '@featurescope/core';
import { defer, finalize, from, type Observable, switchMap } from 'rxjs';
import { type Container, createServices, type ServiceOptions } from './compose.js';

export type RunSettings = RunOptions & Omit<ServiceOptions, 'runtime'>;

/** Adds to a config what needs services, and may change these. */
export type Completion = (services: Container) => Promise<Config>;

const runIn = (config: Promise<Config>, services: Container, options: RunOptions): Observable<RunEvent> =>
  from(config).pipe(
    switchMap((completed) => run(completed, services, options)),
    finalize(() => void services.dispose()),
  );

/** Runs a config with services of its own, made when it is subscribed to. */
export const runWithServices = (
  config: Config,
  { signal, ...settings }: RunSettings = {},
  complete: Completion = async () => config,
): Observable<RunEvent> =>
  defer(() => createServices({ ...settings, ...(config.runtime && { runtime: config.runtime }) })).pipe(
    switchMap((services) => runIn(complete(services), services, signal ? { signal } : {})),
  );
