import type { z } from 'zod';
import type { Dataset } from '../visualizer/context.js';
import type { TrainingExamples } from './examples.js';

/** What a source of examples may use from the outside. */
export interface ExampleServices {
  /** Pictures or drawings by their paths, which count from the config. @throws FeaturescopeError when one cannot be read */
  openDataset(sources: readonly string[]): Promise<Dataset>;
}

/** Examples of a training, and those that were held out to measure accuracy. */
export interface LoadedExamples {
  readonly training: TrainingExamples;
  readonly measured?: TrainingExamples;
}

/** Examples that are not plain pictures: a plugin offers them under the name that a training config gives as `data.kind`. */
export interface ExampleSource {
  readonly kind: string;
  readonly summary: string;
  /** Options of `data` beside `kind`: one strict object. */
  readonly options: z.ZodObject;
  /** @throws FeaturescopeError when options and data do not fit */
  load(options: unknown, services: ExampleServices): Promise<LoadedExamples>;
}
