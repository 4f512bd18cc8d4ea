import { FeaturescopeError } from '../errors.js';
import { didYouMean } from '../suggest.js';

export const invalidConfig = (problems: readonly string[], cause?: unknown) =>
  new FeaturescopeError('run/invalid-config', ['The config is not valid:', ...problems.map((problem) => `  ${problem}`)].join('\n'), {
    cause,
  });

export const unknownArchitecture = (name: string, known: readonly string[]) =>
  new FeaturescopeError(
    'run/unknown-architecture',
    `There is no architecture "${name}".${didYouMean(name, known)} \`featurescope list architectures\` shows all of them.`,
  );

export const noInputs = (visualizers: readonly string[]) =>
  new FeaturescopeError(
    'run/no-inputs',
    `${visualizers.join(', ')} ${visualizers.length === 1 ? 'needs' : 'need'} inputs, but none were given: name pictures, .npy arrays, folders or globs.`,
  );

export const severalInputs = (source: string, found: readonly string[]) =>
  new FeaturescopeError(
    'run/several-inputs',
    `"${source}" stands for ${found.length} files (${found.slice(0, 3).join(', ')}${found.length > 3 ? ', …' : ''}), but one picture or array is wanted: name it.`,
  );

export const noSuchInput = (source: string) =>
  new FeaturescopeError('run/no-such-input', `There is no input "${source}". Expected the path of a picture or an array (.npy).`);

export const noSuchText = (source: string) =>
  new FeaturescopeError('run/no-such-text', `There is no file "${source}". Expected the path of a text file.`);

export const pluginNotLoaded = (name: string) =>
  new FeaturescopeError(
    'run/plugin-not-loaded',
    `The plugin "${name}" is given by name, which only the command line can load: import the module and give the plugin itself.`,
  );

export const cannotResume = (location: string, differences: readonly string[]) =>
  new FeaturescopeError(
    'run/cannot-resume',
    [
      `The run in ${location} cannot be resumed, since it was started differently:`,
      ...differences.map((difference) => `  ${difference}`),
      'Resume it with what it was started with, choose another output folder, or start afresh without resuming.',
    ].join('\n'),
  );

export const noDatasetLoader = (dataset: string) =>
  new FeaturescopeError('run/no-dataset-loader', `The data set "${dataset}" cannot be loaded: this host has no way to load data sets.`);

export const noSuchRun = (out: string) =>
  new FeaturescopeError('run/no-such-run', `There is no run in "${out}": expected the output folder of one, with its manifest.json.`);
