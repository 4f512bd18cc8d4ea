import type { Config, RunEvent, TrainingConfigInput } from '@featurescope/core';
import { defer, type Observable, switchMap } from 'rxjs';
import { type RunSettings, runWithServices } from './services/run-with-services.js';

/** Runs a config on this machine. Cold: each subscription is a run of its own; unsubscribing cancels it. */
export const run = (config: Config, settings: RunSettings = {}): Observable<RunEvent> => runWithServices(config, settings);

export interface TrainSettings extends RunSettings {
  /** Goes on from the state that an earlier training in the same folder saved. Default: false. */
  readonly resume?: boolean;
}

/** Trains a network on this machine, as `featurescope train` does; relative paths of the data count from the working directory. */
export const train = (given: TrainingConfigInput, { resume = false, ...settings }: TrainSettings = {}): Observable<RunEvent> =>
  defer(() => Promise.all([import('@featurescope/models'), import('./training/training-run.js')])).pipe(
    switchMap(([{ architectures }, { trainingRun }]) => {
      const { config, complete } = trainingRun(given, { folder: settings.cwd ?? process.cwd(), architectures, resume });
      return runWithServices(config, settings, complete);
    }),
  );
