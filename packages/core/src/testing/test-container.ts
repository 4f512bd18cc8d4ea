import type { DependencyContainer } from 'tsyringe';
import { createContainer } from '../container.js';
import type { Model } from '../model/model.js';
import type { ArtifactStore, Reporter } from '../platform/platform.js';
import {
  ARTIFACT_STORE,
  CLOCK,
  EXECUTOR_FACTORY,
  IMAGE_CODEC,
  INPUT_LOADER,
  LOGGER,
  MODEL_LOADER,
  REPORTERS,
  TENSOR_RUNTIME,
} from '../tokens.js';
import type { Input } from '../visualizer/context.js';
import { testInputs } from './memory-inputs.js';
import { MemoryArtifactStore, memoryCodec, recordingLogger, tickingClock } from './memory-platform.js';
import { referenceExecutor } from './reference/executor.js';
import { tinyModel } from './tiny-model.js';

export interface TestContainerOptions {
  readonly store?: ArtifactStore;
  readonly inputs?: readonly Input[];
  readonly loadModel?: (source: string | undefined) => Promise<Model>;
  readonly reporters?: readonly Reporter[];
}

/** A container with everything that `run` needs, in memory: the tiny model on the reference executor and two small pictures. */
export function testContainer({
  store = new MemoryArtifactStore(),
  inputs = testInputs(),
  loadModel = () => tinyModel(),
  reporters = [],
}: TestContainerOptions = {}): DependencyContainer {
  const container = createContainer();
  container.register(TENSOR_RUNTIME, { useValue: { backend: 'cpu' } });
  container.register(EXECUTOR_FACTORY, { useValue: { create: async () => referenceExecutor } });
  container.register(IMAGE_CODEC, { useValue: memoryCodec });
  container.register(ARTIFACT_STORE, { useValue: () => store });
  container.register(MODEL_LOADER, { useValue: { load: loadModel } });
  container.register(INPUT_LOADER, { useValue: { load: async () => inputs } });
  container.register(CLOCK, { useValue: tickingClock() });
  container.register(LOGGER, { useValue: recordingLogger() });
  for (const reporter of reporters) container.register(REPORTERS, { useValue: reporter });
  return container;
}
