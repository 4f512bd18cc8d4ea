import { resolve } from 'node:path';
import { ARTIFACT_STORE, CLOCK, DATASET_LOADER, IMAGE_CODEC, INPUT_LOADER, LOGGER, type Logger } from '@featurescope/core';
import type { DependencyContainer } from 'tsyringe';
import { systemClock } from './clock.js';
import { fileDatasetLoader } from './data/dataset.js';
import { sharpCodec } from './image/codec.js';
import { fileInputLoader } from './inputs/input-loader.js';
import { streamLogger } from './logger.js';
import { FileArtifactStore } from './store/file-store.js';

export interface NodeOptions {
  /** Folder that relative inputs, data sets and output folders count from. Default: the working directory. */
  readonly cwd?: string;
  /** Default: warnings to stderr. */
  readonly logger?: Logger;
}

/** Registers what a run needs from the machine: pictures, inputs, data sets, the place of its results, clock and log. */
export const registerNode = (container: DependencyContainer, options: NodeOptions = {}): void => {
  const from = (path: string): string => resolve(options.cwd ?? '', path);
  const logger = options.logger ?? streamLogger();
  container.register(IMAGE_CODEC, { useValue: sharpCodec });
  container.register(INPUT_LOADER, { useValue: fileInputLoader(sharpCodec, options.cwd, logger.warn) });
  container.register(DATASET_LOADER, { useValue: fileDatasetLoader(sharpCodec, options.cwd, logger.warn) });
  container.register(ARTIFACT_STORE, { useValue: (out: string) => new FileArtifactStore(from(out), sharpCodec) });
  container.register(CLOCK, { useValue: systemClock });
  container.register(LOGGER, { useValue: logger });
};
