import type { InjectionToken } from 'tsyringe';
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
} from './platform/platform.js';
import type { Architecture } from './run/plugin.js';

/** A typed key of the container: the type says what the service is. */
export type Token<T> = InjectionToken<T> & symbol;

const token = <T>(name: string): Token<T> => Symbol(`featurescope:${name}`) as Token<T>;

export const TENSOR_RUNTIME = token<TensorRuntime>('tensor-runtime');
export const EXECUTOR_FACTORY = token<ExecutorFactory>('executor-factory');
export const IMAGE_CODEC = token<ImageCodec>('image-codec');
/** Makes the store of one run from the name of its output folder. */
export const ARTIFACT_STORE = token<(out: string) => ArtifactStore>('artifact-store');
export const MODEL_LOADER = token<ModelLoader>('model-loader');
/** Architectures that come with the host; those of plugins are added. */
export const ARCHITECTURES = token<readonly Architecture[]>('architectures');
export const INPUT_LOADER = token<InputLoader>('input-loader');
export const DATASET_LOADER = token<DatasetLoader>('dataset-loader');
export const CLOCK = token<Clock>('clock');
export const LOGGER = token<Logger>('logger');
export const REPORTERS = token<Reporter>('reporters');
