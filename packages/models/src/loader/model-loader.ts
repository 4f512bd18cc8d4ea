import { createModel, type ExecutorFactory, type Logger, type Model, type ModelLoader } from '@featurescope/core';
import type { DownloadProgress } from '../hub/index.js';
import { modelsMatching } from './list.js';
import { type LocateOptions, locateModel } from './locate.js';
import { readModel } from './read-model.js';

/** Loads models by name or path and makes them ready to run. */
export class FileModelLoader implements ModelLoader {
  constructor(
    private readonly executors: ExecutorFactory,
    private readonly log: Logger,
    private readonly options: LocateOptions = {},
  ) {}

  /** @throws FeaturescopeError when there is no such model, or it cannot be read */
  async load(source: string | undefined): Promise<Model> {
    const onProgress = this.options.download?.onProgress ?? logProgress(this.log);
    const located = await locateModel(source, { ...this.options, download: { ...this.options.download, onProgress } });
    const { network, input, labels, details } = await readModel(located);
    if (located.hub?.note) this.log.warn(`${located.name}: ${located.hub.note}`);
    const executor = await this.executors.create();
    const model = await createModel({
      name: located.name,
      network,
      input,
      executor,
      ...(labels && { labels }),
      ...(details && { details }),
    });
    this.log.info(`model ${located.name} from ${located.path} (sha256 of the weights: ${model.sha256})`);
    return model;
  }

  /** @throws FeaturescopeError when a bundled network does not exist */
  list(pattern: string): Promise<readonly string[]> {
    return modelsMatching(pattern, this.options);
  }
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** A line at the start of a download and at every tenth of it. */
const logProgress = (log: Logger): ((progress: DownloadProgress) => void) => {
  const shown = new Map<string, number>();
  return ({ file, received, total }) => {
    const tenth = Math.floor((10 * received) / total);
    if (shown.get(file) === tenth) return;
    shown.set(file, tenth);
    log.info(`downloading ${file}: ${megabytes(received)} of ${megabytes(total)} MB`);
  };
};
