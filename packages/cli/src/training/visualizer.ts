import { basename, join } from 'node:path';
import {
  type Architecture,
  type Clock,
  type ConfiguredVisualizer,
  defineVisualizer,
  type ExampleServices,
  type Executor,
  exampleTrainingConfig,
  type LoadedExamples,
  learnsFromExamples,
  type Network,
  type RunContext,
  sideBySide,
  type TrainingEvent,
  type TrainingPlan,
  trainingConfig,
  trainNetwork,
  type VisualizerEvent,
  type Weights,
  weightsFrom,
} from '@featurescope/core';
import { trainingFiles } from '@featurescope/node';
import { nothingToStartFrom } from '../errors.js';
import { firstNetwork } from './first-network.js';
import type { TrainingJob } from './job.js';

export interface TrainingPlace {
  /** Output folder of the run. */
  readonly out: string;
  readonly resume: boolean;
  readonly executor: Executor;
  readonly clock: Clock;
  readonly architectures: readonly Architecture[];
  readonly examples: ExampleServices;
  /** File of the last checkpoint of another training of the run; undefined for a name that is none's. */
  lastCheckpoint(training: string): string | undefined;
}

/** A checkpoint becomes an artifact that says where its weights are. */
const asVisualizerEvent = (event: TrainingEvent, folder: string): VisualizerEvent => {
  if (event.type !== 'checkpoint') return event;
  const { epoch, file, measured } = event;
  const name = file.replace(/\.\w+$/, '');
  const value = { epoch, file: `${folder}/${file}`, ...(measured && { measured }) };
  return { type: 'artifact', artifact: { kind: 'json', name, value, description: `weights after epoch ${epoch}: ${folder}/${file}` } };
};

/** What a checkpoint says about how it was trained: everything but places and what cannot change the weights. */
function planOf({ config }: TrainingJob): TrainingPlan {
  const { out: _out, saveSeconds: _pace, runtime: _runtime, data, from, ...described } = config;
  const description = { ...described, ...(from !== undefined && { from: [from].flat().map(nameOf) }) };
  if (!('kind' in data)) return { name: config.name, recipe: config, description };
  const { sources: _sources, ...options }: Readonly<Record<string, unknown>> = data;
  return { name: config.name, recipe: config, description: { ...description, data: options } };
}

/** A model's name, or that of its file. */
const nameOf = (model: string): string => basename(model).replace(/\.(safetensors|onnx|json)$/, '');

/** A training as one job of a run: progress, curves and manifest are those of any other. */
export const trainingVisualizer = (given: object, job: TrainingJob, place: TrainingPlace): ConfiguredVisualizer => {
  const { out, resume, executor, clock, examples } = place;
  const { checkpoints } = job;
  const schema = learnsFromExamples(given) ? exampleTrainingConfig : trainingConfig;
  return defineVisualizer({
    name: 'train',
    summary: 'trains a network',
    options: schema as typeof trainingConfig,
    needsInputs: false,
    async *run(context) {
      yield { type: 'progress', done: 0, total: 1, label: 'reading what is learned from' };
      const data = await job.load(examples);
      const network = await startOf(job, data, context, place);
      const services = { network, executor, ...data, store: trainingFiles(join(out, checkpoints)), clock, signal: context.signal, resume };
      for await (const event of trainNetwork(planOf(job), services)) yield asVisualizerEvent(event, checkpoints);
    },
  })(given as never);
};

/** The network with its first weights: random, or those that `from` names. */
async function startOf(
  { config }: TrainingJob,
  { training }: LoadedExamples,
  { loadModel }: RunContext,
  { architectures, lastCheckpoint }: TrainingPlace,
): Promise<Network> {
  const { classes, channels, height } = training;
  const network = firstNetwork(config, architectures, { classes: classes.length, channels, inputSize: height });
  if (config.from === undefined) return network;
  const found: Weights[] = [];
  for (const name of [config.from].flat()) {
    const source = await loadModel(lastCheckpoint(name) ?? name);
    found.push(source.network.weights);
    source.dispose();
  }
  const { weights, taken } = weightsFrom(network, sideBySide(found));
  if (taken === 0) throw nothingToStartFrom(config.name, [config.from].flat());
  return { ...network, weights };
}
