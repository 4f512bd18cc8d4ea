import { ARCHITECTURES, EXECUTOR_FACTORY, LOGGER, MODEL_LOADER } from '@featurescope/core';
import type { DependencyContainer } from 'tsyringe';
import { architectures } from './architectures/index.js';
import type { LocateOptions } from './loader/index.js';
import { FileModelLoader } from './loader/index.js';

/** Registers the architectures, and the loader of bundled, hub and file models; that uses the executor and the log of the container. */
export const registerModels = (container: DependencyContainer, options: LocateOptions = {}): void => {
  container.register(ARCHITECTURES, { useValue: architectures });
  container.register(MODEL_LOADER, {
    useFactory: (services) => new FileModelLoader(services.resolve(EXECUTOR_FACTORY), services.resolve(LOGGER), options),
  });
};
