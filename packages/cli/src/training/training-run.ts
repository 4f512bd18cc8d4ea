import type { Architecture } from '@featurescope/core';
import { CLOCK, type Config, EXECUTOR_FACTORY, MODEL_LOADER, parseTrainingConfig, type TrainingConfigInput } from '@featurescope/core';
import type { Completion } from '../services/run-with-services.js';
import { initialModel } from './initial-model.js';
import { trainingVisualizer } from './visualizer.js';

export interface TrainingSettings {
  /** Folder that the sources of the data count from. */
  readonly folder: string;
  readonly architectures: readonly Architecture[];
  /** Goes on from the state that an earlier training in the same folder saved. */
  readonly resume: boolean;
}

/** A training as a run: what it runs, and how that is completed with services. @throws FeaturescopeError when the config is wrong */
export const trainingRun = (
  given: TrainingConfigInput,
  { folder, architectures, resume }: TrainingSettings,
): { config: Config; complete: Completion } => {
  const parsed = parseTrainingConfig(given);
  const { out, seed, runtime } = parsed;
  const config: Config = { out, seed, runtime, resume, visualizers: [] };
  const complete: Completion = async (services) => {
    const executor = await services.resolve(EXECUTOR_FACTORY).create();
    const clock = services.resolve(CLOCK);
    services.register(MODEL_LOADER, { useValue: { load: () => initialModel(parsed, architectures, executor) } });
    return { ...config, visualizers: [trainingVisualizer(given, { folder, out, resume, executor, clock })] };
  };
  return { config, complete };
};
