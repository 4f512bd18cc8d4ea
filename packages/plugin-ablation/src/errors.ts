import { didYouMean, type Extent, FeaturescopeError } from '@featurescope/core';

export const noDataset = (visualizer: string) =>
  new FeaturescopeError(
    'ablation/no-dataset',
    `${visualizer}: no data set was given. Expected labelled pictures by --dataset: a folder or archive with one folder per class, a .csv table of paths and labels, or a CIFAR .bin file.`,
  );

export const noLabels = (visualizer: string, dataset: string) =>
  new FeaturescopeError(
    'ablation/no-labels',
    `${visualizer}: the pictures of the data set ${dataset} have no classes. Expected labelled pictures: a folder or archive with one folder per class, a .csv table of paths and labels, or a CIFAR .bin file.`,
  );

export const noPictures = (visualizer: string, dataset: string) =>
  new FeaturescopeError(
    'ablation/no-pictures',
    `${visualizer}: the data set ${dataset} has no labelled pictures or drawings; arrays are not taken. Give a folder or .zip file with one folder per class.`,
  );

export const unknownClasses = (visualizer: string, dataset: string, missing: readonly string[], known: readonly string[]) =>
  new FeaturescopeError(
    'ablation/unknown-classes',
    `${visualizer}: the data set ${dataset} has no class ${missing.map((name) => `"${name}"`).join(', ')}.${didYouMean(missing[0] ?? '', known)}`,
  );

export const tooManyPixels = (visualizer: string, pictures: number, [height, width]: Extent) =>
  new FeaturescopeError(
    'ablation/too-many-pictures',
    `${visualizer}: ${pictures} pictures of ${height}×${width} or more do not fit into half a gigabyte. Give smaller pictures, or fewer of each class.`,
  );

export const tooFewOfClass = (visualizer: string, name: string, found: number, needed: number) =>
  new FeaturescopeError(
    'ablation/too-few-pictures',
    `${visualizer}: the class "${name}" has ${found} picture(s), but needs at least ${needed}: some to learn from and some to measure on. Give more pictures, or leave the class out of the data set.`,
  );

export const unknownVariant = (given: string, known: readonly string[]) =>
  new FeaturescopeError(
    'ablation/unknown-variant',
    `ablation: "${given}" (--variants) is no row of the paper's table.${didYouMean(given, known)} The rows are ${known.join('; ')}. Variants of one's own are written { name, options } in a config.`,
  );

export const rowsNeedArchitecture = (row: string, architecture: string) =>
  new FeaturescopeError(
    'ablation/rows-need-architecture',
    `ablation: the row "${row}" (--variants) is one of zfnet and alexnet, not of ${architecture}. Give variants as { name, options } in a config, with options that ${architecture} has.`,
  );

export const repeatedVariant = (name: string) =>
  new FeaturescopeError(
    'ablation/repeated-variant',
    `ablation: the variant "${name}" (--variants) was given twice. Expected each name once.`,
  );

export const otherState = () =>
  new FeaturescopeError(
    'ablation/state',
    `ablation: the saved state belongs to other variants, seeds, pictures or options. Start again without --resume, or in another output folder.`,
  );
