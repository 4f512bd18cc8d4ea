import { join } from 'node:path';
import {
  type Clock,
  type ConfiguredVisualizer,
  defineVisualizer,
  type Executor,
  type TrainingConfigInput,
  type TrainingEvent,
  train,
  trainingConfig,
  type VisualizerEvent,
} from '@featurescope/core';
import { loadTrainingData, trainingFiles } from '@featurescope/node';

export interface TrainingPlace {
  /** Folder that the sources of the data count from. */
  readonly folder: string;
  /** Output folder of the run. */
  readonly out: string;
  readonly resume: boolean;
  readonly executor: Executor;
  readonly clock: Clock;
}

const CHECKPOINTS = 'checkpoints';

/** A checkpoint becomes an artifact that says where its weights are. */
const asVisualizerEvent = (event: TrainingEvent): VisualizerEvent => {
  if (event.type !== 'checkpoint') return event;
  const { epoch, file, measured } = event;
  const name = file.replace(/\.\w+$/, '');
  const value = { epoch, file: `${CHECKPOINTS}/${file}`, ...(measured && { measured }) };
  return { type: 'artifact', artifact: { kind: 'json', name, value, description: `weights after epoch ${epoch}: ${CHECKPOINTS}/${file}` } };
};

/** A training as one job of a run: progress, curves and manifest are those of any other. The run's model is the network with its first weights. */
export const trainingVisualizer = (
  config: TrainingConfigInput,
  { folder, out, resume, executor, clock }: TrainingPlace,
): ConfiguredVisualizer =>
  defineVisualizer({
    name: 'train',
    summary: 'trains a network',
    options: trainingConfig,
    needsInputs: false,
    async *run({ model, signal }, options) {
      yield { type: 'progress', done: 0, total: 1, label: 'reading the pictures' };
      const data = await loadTrainingData(options.data, folder);
      const store = trainingFiles(join(out, CHECKPOINTS));
      const services = { network: model.network, executor, ...data, store, clock, signal, resume };
      for await (const event of train(options, services)) yield asVisualizerEvent(event);
    },
  })(config);
