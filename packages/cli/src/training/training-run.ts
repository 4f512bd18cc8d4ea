import { join } from 'node:path';
import {
  type Architecture,
  CLOCK,
  type Config,
  checkpointFile,
  createModel,
  EXECUTOR_FACTORY,
  type ExampleSource,
  type Executor,
  IMAGE_CODEC,
  LOGGER,
  MODEL_LOADER,
  type Model,
} from '@featurescope/core';
import { emptyTrainings } from '../errors.js';
import type { Completion } from '../services/run-with-services.js';
import { firstNetwork } from './first-network.js';
import { exampleServices, type TrainingJob, trainingJobs } from './job.js';
import { trainingVisualizer } from './visualizer.js';

export interface TrainingSettings {
  /** Folder that the sources of the data count from. */
  readonly folder: string;
  readonly architectures: readonly Architecture[];
  readonly sources: readonly ExampleSource[];
  /** Goes on from the state that an earlier training in the same folder saved. */
  readonly resume: boolean;
}

/** A training, or a list of them, as a run: what it runs, and how that is completed with services. @throws FeaturescopeError when a config is wrong */
export const trainingRun = (
  given: object,
  { folder, architectures, sources, resume }: TrainingSettings,
): { config: Config; complete: Completion } => {
  const jobs = trainingJobs(given, folder, sources);
  const [first] = jobs;
  if (!first) throw emptyTrainings();
  const { out, seed, runtime } = first.config;
  const config: Config = { out, seed, runtime, resume, visualizers: [] };
  const complete: Completion = async (services) => {
    const executor = await services.resolve(EXECUTOR_FACTORY).create();
    const loader = services.resolve(MODEL_LOADER);
    const log = services.resolve(LOGGER);
    const examples = exampleServices(folder, services.resolve(IMAGE_CODEC), (message) => log.warn(message));
    const place = {
      out,
      resume,
      executor,
      clock: services.resolve(CLOCK),
      architectures,
      examples,
      lastCheckpoint: (name: string) => lastCheckpoint(jobs, out, name),
    };
    const load = async (source: string | undefined): Promise<Model> =>
      source === undefined ? firstModel(first, architectures, executor) : loader.load(source);
    services.register(MODEL_LOADER, { useValue: { load } });
    const configs = Array.isArray(given) ? given : [given];
    return { ...config, visualizers: jobs.map((job, i) => trainingVisualizer(configs[i] as object, job, place)) };
  };
  return { config, complete };
};

/** The network of the first training, as the model of the run. */
async function firstModel({ config }: TrainingJob, architectures: readonly Architecture[], executor: Executor): Promise<Model> {
  const size = 'size' in config.data && typeof config.data.size === 'number' ? config.data.size : undefined;
  const network = firstNetwork(config, architectures, size === undefined ? {} : { inputSize: size });
  const [height, width, channels] = network.input.shape;
  const input = { size: [size ?? height ?? 1, size ?? width ?? 1] as const, channels, fixedSize: height !== null };
  return createModel({ name: config.name, network, input, executor });
}

function lastCheckpoint(jobs: readonly TrainingJob[], out: string, name: string): string | undefined {
  const job = jobs.find(({ config }) => config.name === name);
  return job && join(out, job.checkpoints, checkpointFile(job.config.epochs));
}
