import type { Config, RunEvent, TrainingList } from '@featurescope/core';
import { defer, type Observable, switchMap } from 'rxjs';
import { type RunSettings, runWithServices } from './services/run-with-services.js';

/** Runs a config on this machine. Cold: each subscription is a run of its own; unsubscribing cancels it. */
export const run = (config: Config, settings: RunSettings = {}): Observable<RunEvent> => runWithServices(config, settings);

export interface TrainSettings extends RunSettings {
  /** Goes on from the state that an earlier training in the same folder saved. Default: false. */
  readonly resume?: boolean;
}

/** Trains a network, or a list of them one after the other, on this machine, as `featurescope train` does; relative paths of the data count from the working directory. */
export const train = (given: TrainingList, { resume = false, ...settings }: TrainSettings = {}): Observable<RunEvent> =>
  defer(() => Promise.all([import('./commands/architecture-flags.js'), import('./training/training-run.js')])).pipe(
    switchMap(async ([{ trainingCatalog }, { trainingRun }]) => {
      const folder = settings.cwd ?? process.cwd();
      return trainingRun(given, { folder, ...(await trainingCatalog([], folder)), resume });
    }),
    switchMap(({ config, complete }) => {
      return runWithServices(config, settings, complete);
    }),
  );
