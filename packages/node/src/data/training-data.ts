import { isAbsolute, join } from 'node:path';
import type { TrainingConfig } from '@featurescope/core';
import { type LabelledImages, loadLabelledImages } from './labelled-images.js';
import { splitByNumber } from './split.js';

/** The pictures of a training config, decoded. */
export interface TrainingData {
  readonly training: LabelledImages;
  readonly measured?: LabelledImages;
}

/**
 * Loads the pictures that a training config names; relative paths count from `folder`, that of the config.
 * @throws FeaturescopeError naming the source or the picture that cannot be read
 */
export const loadTrainingData = async (
  { sources, size, classes, without, measured }: TrainingConfig['data'],
  folder: string,
  onProgress?: (done: number, total: number) => void,
): Promise<TrainingData> => {
  const located = (paths: readonly string[]): string[] => paths.map((path) => (isAbsolute(path) ? path : join(folder, path)));
  const load = (paths: readonly string[], names?: readonly string[]): Promise<LabelledImages> =>
    loadLabelledImages(located(paths), {
      size: [size, size],
      ...(names && { classes: names }),
      ...(without && { without }),
      ...(onProgress && { onProgress }),
    });
  const all = await load(sources, classes);
  if (measured === undefined) return { training: all };
  if (Array.isArray(measured)) return { training: all, measured: await load(measured, all.classes) };
  const { training, measuring } = splitByNumber(all, measured);
  return { training, measured: measuring };
};
