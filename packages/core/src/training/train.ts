import type { CompiledNetwork } from '../execution/executor.js';
import { createBatch, epochOrder, fillDistorted } from './batches.js';
import { checkpointFile, encodeCheckpoint, halved, isCheckpoint, withWeights } from './checkpoint.js';
import { parseTrainingConfig, type TrainingConfigInput } from './config.js';
import { trainingCurves } from './curves.js';
import { createDropoutMasks } from './dropout.js';
import { diverged } from './errors.js';
import type { EpochRecord, Measurement, TrainingEvent } from './events.js';
import type { TrainingExamples } from './examples.js';
import type { TrainingImages } from './images.js';
import { measureAccuracy } from './measure.js';
import { createOptimizer, type Optimizer } from './optimizer.js';
import { pictureExamples } from './pictures.js';
import type { TrainingPlan } from './plan.js';
import type { TrainingRecipe } from './recipe.js';
import { renormalizedLayers, renormalizeLayers } from './renormalize.js';
import { scheduleFactor } from './schedule.js';
import type { TrainingServices } from './services.js';
import { encodeState, restoreState, type TrainingProgress } from './state.js';
import { batchGradient, clipGradients } from './step.js';
import { prepareTask, type TrainingTask } from './task.js';

const PROGRESS_PER_EPOCH = 20;

/**
 * Trains a network on pictures. The result depends on the config, the pictures and the executor alone: not on when it was interrupted
 * and resumed. Aborting saves the state first.
 * @throws FeaturescopeError when network, pictures, config or saved state do not fit, or the loss stops being finite
 */
export async function* train(given: TrainingConfigInput, services: TrainingServices): AsyncGenerator<TrainingEvent> {
  const config = parseTrainingConfig(given);
  const { data: _data, out: _out, saveSeconds: _pace, runtime: _runtime, ...description } = config;
  const examples = (images: TrainingImages) => pictureExamples(images, config.preprocessing, config.augmentation);
  const { training, measured, ...others } = services;
  yield* trainNetwork(
    { name: config.name, recipe: config, description },
    { ...others, training: examples(training), ...(measured && { measured: examples(measured) }) },
  );
}

/** The same on examples of any kind. */
export async function* trainNetwork(plan: TrainingPlan, services: TrainingServices<TrainingExamples>): AsyncGenerator<TrainingEvent> {
  const task = prepareTask(plan, services.network, services.training);
  const compiled = await services.executor.compile(task.network, { trainable: true });
  try {
    yield* new Training(plan, services, task, compiled).run();
  } finally {
    compiled.dispose();
  }
}

class Training {
  private readonly recipe: TrainingRecipe;
  private readonly optimizer: Optimizer;
  private now: { -readonly [K in keyof TrainingProgress]: TrainingProgress[K] };
  private savedAt: number;

  constructor(
    private readonly plan: TrainingPlan,
    private readonly services: TrainingServices<TrainingExamples>,
    private readonly task: TrainingTask,
    private readonly compiled: CompiledNetwork,
  ) {
    this.recipe = plan.recipe;
    this.optimizer = createOptimizer(plan.recipe.optimizer, task.network.weights);
    this.now = { step: 0, loss: 0, right: 0, history: [], fingerprint: task.fingerprint };
    this.savedAt = services.clock.now();
  }

  async *run(): AsyncGenerator<TrainingEvent> {
    const { recipe, task } = this;
    const saved = this.services.resume ? await this.services.store.state.load() : undefined;
    if (saved) this.now = restoreState(saved, task.network, this.optimizer.slots, task.fingerprint);
    this.compiled.setWeights(task.network.weights);
    while (this.now.step < recipe.epochs * task.stepsPerEpoch) yield* this.epoch(Math.floor(this.now.step / task.stepsPerEpoch) + 1);
    await this.save();
    yield* trainingCurves(this.plan.name, this.now.history);
  }

  private async *epoch(epoch: number): AsyncGenerator<TrainingEvent> {
    const { recipe, services, task, now } = this;
    const { training } = services;
    const { stepsPerEpoch, random } = task;
    const batch = createBatch(training, recipe.batchSize);
    const order = epochOrder(random, epoch, training.labels.length);
    const distortions = random.fork('augmentation').fork(epoch);
    const masks = createDropoutMasks(task.network, task.shapes, recipe.batchSize, random.fork('dropout'));
    const renormalized = recipe.renormalize ? renormalizedLayers(task.network, recipe.renormalize.layers) : [];
    const every = Math.ceil(stepsPerEpoch / PROGRESS_PER_EPOCH);
    const [startedAt, firstStep] = [services.clock.now(), now.step];
    let learningRate = 0;

    for (let inEpoch = now.step % stepsPerEpoch; inEpoch < stepsPerEpoch; inEpoch++) {
      if (services.signal?.aborted) await this.save();
      services.signal?.throwIfAborted();
      learningRate = recipe.learningRate * scheduleFactor(recipe.schedule, { ...recipe, step: now.step, stepsPerEpoch });
      fillDistorted(batch, training, order, inEpoch * recipe.batchSize, distortions);
      const shape = [training.height, training.width, training.channels] as const;
      const result = await batchGradient(this.compiled, task.logits, batch, shape, masks.draw(now.step));
      if (!Number.isFinite(result.loss)) throw diverged(epoch, now.step);
      if (recipe.clipNorm !== undefined) clipGradients(result.gradients, recipe.clipNorm);
      this.optimizer.update(result.gradients, learningRate, now.step);
      if (recipe.renormalize) renormalizeLayers(task.network.weights, renormalized, recipe.renormalize.radius);
      this.compiled.setWeights(task.network.weights);
      now.step++;
      now.loss += result.loss;
      now.right += result.right;
      const seconds = (services.clock.now() - startedAt) / 1000;
      const speed = seconds > 0 ? ((now.step - firstStep) * recipe.batchSize) / seconds : 0;
      if (inEpoch % every === every - 1) yield this.progress(epoch, now.loss / ((inEpoch + 1) * recipe.batchSize), speed);
      if (inEpoch < stepsPerEpoch - 1 && services.clock.now() - this.savedAt >= recipe.saveSeconds * 1000) await this.save();
    }
    yield* this.finish(epoch, learningRate);
    if (services.clock.now() - this.savedAt >= recipe.saveSeconds * 1000) await this.save();
  }

  private progress(epoch: number, loss: number, speed: number): TrainingEvent {
    const { recipe, task, now } = this;
    return {
      type: 'progress',
      done: now.step * recipe.batchSize,
      total: recipe.epochs * task.stepsPerEpoch * recipe.batchSize,
      label: `epoch ${epoch}/${recipe.epochs}, loss ${loss.toFixed(3)}, ${speed.toFixed(0)} images/s`,
    };
  }

  private async *finish(epoch: number, learningRate: number): AsyncGenerator<TrainingEvent> {
    const { recipe, services, task, now } = this;
    const pictures = task.stepsPerEpoch * recipe.batchSize;
    const kept = isCheckpoint(recipe, epoch);
    const measured = kept || epoch % recipe.measureEvery === 0 ? await this.measure(kept) : undefined;
    const file = checkpointFile(epoch);
    const record: EpochRecord = {
      epoch,
      learningRate,
      loss: now.loss / pictures,
      accuracy: now.right / pictures,
      ...(measured && { measured }),
      ...(kept && { checkpoint: file }),
    };
    now.history = [...now.history, record];
    if (kept) {
      await services.store.writeCheckpoint(file, encodeCheckpoint(this.plan, task, services.training.classes, record));
      yield { type: 'checkpoint', epoch, file, ...(measured && { measured }) };
    }
    now.loss = 0;
    now.right = 0;
    yield* metrics(record);
  }

  /** Of the weights as they are, or as a checkpoint stores them. */
  private async measure(stored: boolean): Promise<Measurement | undefined> {
    const { compiled, task, services } = this;
    const { measured } = services;
    if (!measured) return undefined;
    const run = () => measureAccuracy(compiled, task.logits, measured, services.signal);
    const half = stored && this.recipe.precision === 'float16';
    return half ? withWeights(compiled, task.network, halved(task.network.weights), run) : run();
  }

  private async save(): Promise<void> {
    const { plan, task, optimizer, services, now } = this;
    await services.store.state.save(encodeState(plan.name, task.network, task.input, optimizer.slots, now));
    this.savedAt = services.clock.now();
  }
}

function* metrics({ epoch, learningRate, loss, accuracy, measured }: EpochRecord): Generator<TrainingEvent> {
  const metric = (series: string, value: number): TrainingEvent => ({ type: 'metric', series, step: epoch, value });
  yield metric('loss', loss);
  yield metric('accuracy', accuracy);
  yield metric('learning-rate', learningRate);
  if (!measured) return;
  yield metric('measured-loss', measured.loss);
  yield metric('measured-accuracy', measured.top1);
  yield metric('measured-top5', measured.top5);
}
