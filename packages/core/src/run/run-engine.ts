import 'reflect-metadata/lite';
import { inject, injectable } from 'tsyringe';
import { RUN_REPORTERS } from '../container.js';
import type { Model } from '../model/model.js';
import type {
  ArtifactStore,
  Clock,
  DatasetLoader,
  ExecutorFactory,
  ImageCodec,
  InputLoader,
  Logger,
  ModelLoader,
  Reporter,
  TensorRuntime,
} from '../platform/platform.js';
import { createRandom } from '../random-stream.js';
import {
  ARCHITECTURES,
  ARTIFACT_STORE,
  CLOCK,
  DATASET_LOADER,
  EXECUTOR_FACTORY,
  IMAGE_CODEC,
  INPUT_LOADER,
  LOGGER,
  MODEL_LOADER,
  TENSOR_RUNTIME,
} from '../tokens.js';
import { VERSION } from '../version.js';
import type { Dataset } from '../visualizer/context.js';
import type { RunEvent, RunStatus } from '../visualizer/events.js';
import { announced } from './announce.js';
import { architecturesByName } from './architectures.js';
import { noDatasetLoader } from './errors.js';
import { runsOnDemand } from './load-run.js';
import { textsOnDemand } from './load-text.js';
import type { Manifest } from './manifest.js';
import { ManifestJournal } from './manifest-journal.js';
import { type Architecture, visualizersOf } from './plugin.js';
import { asJson, differing, resumedRuns } from './resume.js';
import { createSession, type RunSession } from './run-session.js';
import { folderOf, runVisualizer, type SharedContext } from './run-visualizer.js';
import { trainingWith } from './training-with.js';
import type { ValidConfig } from './validate-config.js';

/** In place of the weights' digest in the manifest of a run whose model has not been loaded yet: nothing has been done. */
const UNLOADED = '';

/** Carries out one run: loads what it needs, runs its visualizers one after the other, and keeps its folder current. */
@injectable()
export class RunEngine {
  constructor(
    @inject(TENSOR_RUNTIME) private readonly tensors: TensorRuntime,
    @inject(EXECUTOR_FACTORY) private readonly executors: ExecutorFactory,
    @inject(IMAGE_CODEC) private readonly codec: ImageCodec,
    @inject(ARTIFACT_STORE) private readonly openStore: (out: string) => ArtifactStore,
    @inject(MODEL_LOADER) private readonly modelLoader: ModelLoader,
    @inject(INPUT_LOADER) private readonly inputLoader: InputLoader,
    @inject(DATASET_LOADER, { isOptional: true }) private readonly datasetLoader: DatasetLoader | undefined,
    @inject(ARCHITECTURES, { isOptional: true }) private readonly given: readonly Architecture[] | undefined,
    @inject(CLOCK) private readonly clock: Clock,
    @inject(LOGGER) private readonly log: Logger,
    @inject(RUN_REPORTERS) private readonly reporters: readonly Reporter[],
  ) {}

  /** @throws FeaturescopeError before any event when inputs, data set or model cannot be had, or the run cannot be resumed */
  async *events(config: ValidConfig, signal: AbortSignal): AsyncGenerator<RunEvent> {
    const store = this.openStore(config.out);
    let models: readonly Model[] = [];
    try {
      const earlier = config.resume ? await store.readManifest() : undefined;
      const unloaded = await this.manifestOf(config, { name: config.models[0] ?? 'bundled', sha256: UNLOADED });
      const loaded = await announced(this.load(config), store, earlier ? undefined : unloaded);
      models = loaded.models;
      const [model] = models;
      if (!model) return;
      const session = await this.openSession(store, config, model, earlier);
      const shared: SharedContext = {
        ...loaded,
        model,
        visualizers: visualizersOf(config.plugins, config.visualizers),
        loadModel: (source) => this.modelLoader.load(source),
        listModels: async (pattern) => (await this.modelLoader.list?.(pattern)) ?? [pattern],
        readText: textsOnDemand(this.inputLoader),
        loadRun: runsOnDemand(this.openStore),
        compile: async (network) => (await this.executors.create()).compile(network),
        architecture: architecturesByName([...(this.given ?? []), ...config.plugins.flatMap((plugin) => plugin.architectures ?? [])]),
        train: (plan, job) => trainingWith(this.executors, this.clock, signal, plan, job),
        inputLoader: this.inputLoader,
        tensors: this.tensors,
        codec: this.codec,
        random: createRandom(config.seed),
        clock: this.clock,
        log: this.log,
        signal,
      };
      yield* this.runAll(session, shared, config);
    } finally {
      for (const model of models) model.dispose();
      await store.close();
    }
  }

  private async *runAll(session: RunSession, shared: SharedContext, { visualizers }: ValidConfig): AsyncGenerator<RunEvent> {
    const { journal, store } = session;
    const names = visualizers.map(({ visualizer }) => visualizer.name);
    yield await session.publish({ time: session.time(), type: 'run-started', out: store.location, visualizers: names });
    let failed = 0;
    for (const [index, configured] of visualizers.entries()) {
      if (shared.signal.aborted) break;
      if (journal.manifest.runs[index]?.status === 'done') {
        const visualizer = configured.visualizer.name;
        await store.clearState(folderOf(index, visualizer));
        yield await session.publish({ time: session.time(), type: 'visualizer-skipped', visualizer, index });
        continue;
      }
      const status = yield* runVisualizer(session, shared, configured, index);
      if (status === 'failed') failed++;
    }
    const status: RunStatus = shared.signal.aborted ? 'cancelled' : failed > 0 ? 'failed' : 'done';
    journal.update({
      status,
      runs: journal.manifest.runs.map((run) => (run.status === 'running' ? { ...run, status: 'cancelled' } : run)),
    });
    await journal.flush();
    const finished = await session.publish({ time: session.time(), type: 'run-finished', status, failed });
    await session.settle();
    yield finished;
  }

  private async openSession(store: ArtifactStore, config: ValidConfig, model: Model, earlier: Manifest | undefined): Promise<RunSession> {
    const fresh = await this.manifestOf(config, model);
    const continued = earlier && earlier.model.sha256 !== UNLOADED;
    for (const difference of continued ? differing('', madeWith(earlier), madeWith(fresh)) : [])
      this.log.warn(`The earlier part of this run was made with another version or runtime: ${difference}.`);
    const journal = new ManifestJournal(store, {
      ...fresh,
      ...(earlier && { startedAt: earlier.startedAt }),
      ...(continued && { runs: resumedRuns(store, earlier, fresh) }),
    });
    await journal.flush();
    if (!continued) await store.writeText('events.ndjson', '');
    return createSession(store, journal, this.clock, this.log, this.reporters);
  }

  private async load(config: ValidConfig): Promise<Pick<SharedContext, 'inputs' | 'dataset' | 'models'>> {
    const inputs = await this.inputLoader.load(config.inputs);
    const dataset = await this.loadDataset(config);
    return { inputs, ...(dataset && { dataset }), models: await this.loadModels(config) };
  }

  private async loadModels(config: ValidConfig): Promise<readonly Model[]> {
    const models: Model[] = [];
    try {
      for (const source of config.models) models.push(await this.modelLoader.load(source));
      return models;
    } catch (error) {
      for (const model of models) model.dispose();
      throw error;
    }
  }

  private async manifestOf(config: ValidConfig, { name, sha256 }: Manifest['model']): Promise<Manifest> {
    const { models, inputs, dataset, seed, runtime, visualizers } = config;
    const executor = await this.executors.create();
    const named = visualizers.map(({ visualizer, given }) => ({ visualizer: visualizer.name, options: given }));
    return {
      schemaVersion: 1,
      featurescope: VERSION,
      model: { name, sha256 },
      runtime: { tensors: this.tensors.backend, executor: executor.name },
      seed,
      config: asJson({ model: models.length === 1 ? models[0] : models, inputs, dataset, seed, runtime, visualizers: named }),
      status: 'running',
      startedAt: new Date(this.clock.now()).toISOString(),
      runs: visualizers.map(({ visualizer, options }) => ({
        visualizer: visualizer.name,
        options: asJson(options),
        status: 'running',
        artifacts: [],
      })),
    };
  }

  private async loadDataset({ dataset }: ValidConfig): Promise<Dataset | undefined> {
    if (dataset === undefined) return undefined;
    if (!this.datasetLoader) throw noDatasetLoader(dataset);
    return this.datasetLoader.load(dataset);
  }
}

const madeWith = ({ featurescope, runtime }: Manifest) => ({ featurescope, runtime });
