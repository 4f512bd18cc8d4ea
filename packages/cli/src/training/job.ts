import { resolve } from 'node:path';
import {
  type Dataset,
  type ExampleServices,
  type ExampleSource,
  type ExampleTraining,
  type ImageCodec,
  type LoadedExamples,
  learnsFromExamples,
  parseExampleTraining,
  parseTrainingConfig,
  pictureExamples,
  type TrainingConfig,
} from '@featurescope/core';
import { loadTrainingData, openDataset } from '@featurescope/node';
import { differentTrainings, repeatedTraining } from '../errors.js';

/** One training of a run. */
export interface TrainingJob {
  readonly config: TrainingConfig | ExampleTraining;
  /** Folder of its checkpoints in that of the run. */
  readonly checkpoints: string;
  /** Reads what it learns from. @throws FeaturescopeError naming what is missing or does not fit */
  load(services: ExampleServices): Promise<LoadedExamples>;
}

const CHECKPOINTS = 'checkpoints';

/**
 * The trainings of a config or a list of configs; those of a list are told apart by their names. Paths of pictures count from `folder`.
 * @throws FeaturescopeError when a config is wrong, two have the same name, or they differ in what is the run's
 */
export function trainingJobs(given: unknown, folder: string, sources: readonly ExampleSource[]): readonly TrainingJob[] {
  const jobOf = (config: unknown): TrainingJob => (learnsFromExamples(config) ? exampleJob(config, sources) : pictureJob(config, folder));
  if (!Array.isArray(given)) return [jobOf(given)];
  const jobs = given.map(jobOf);
  const names = jobs.map(({ config }) => config.name);
  const repeated = names.find((name, i) => names.indexOf(name) < i);
  if (repeated !== undefined) throw repeatedTraining(repeated);
  for (const field of ['out', 'runtime'] as const) {
    const [first, other] = [...new Set(jobs.map(({ config }) => config[field]))];
    if (first !== undefined && other !== undefined) throw differentTrainings(field, first, other);
  }
  return jobs.map((job) => ({ ...job, checkpoints: `${CHECKPOINTS}/${job.config.name}` }));
}

function pictureJob(given: unknown, folder: string): TrainingJob {
  const config = parseTrainingConfig(given);
  const { preprocessing, augmentation } = config;
  const load = async (): Promise<LoadedExamples> => {
    const { training, measured } = await loadTrainingData(config.data, folder);
    return {
      training: pictureExamples(training, preprocessing, augmentation),
      ...(measured && { measured: pictureExamples(measured, preprocessing) }),
    };
  };
  return { config, checkpoints: CHECKPOINTS, load };
}

function exampleJob(given: unknown, sources: readonly ExampleSource[]): TrainingJob {
  const { config, source, options } = parseExampleTraining(given, sources);
  return { config, checkpoints: CHECKPOINTS, load: (services) => source.load(options, services) };
}

/** Opens data sets whose paths count from `folder`, each only once for all trainings of a run. */
export function exampleServices(folder: string, codec: ImageCodec, warn: (message: string) => void): ExampleServices {
  const opened = new Map<string, Promise<Dataset>>();
  return {
    openDataset(sources) {
      const paths = sources.map((source) => resolve(folder, source));
      const key = paths.join('\n');
      const dataset = opened.get(key) ?? openDataset(paths, codec, warn);
      opened.set(key, dataset);
      return dataset;
    },
  };
}
