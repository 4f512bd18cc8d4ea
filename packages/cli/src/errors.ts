import { alternatives, didYouMean, FeaturescopeError, nearest } from '@featurescope/core';

const usage = (code: string, message: string, cause?: unknown): FeaturescopeError =>
  new FeaturescopeError(code, message, cause === undefined ? {} : { cause });

/** What went wrong in one line, with the place in a file where there is one. */
const reason = (cause: unknown): string => {
  const [first = '', second = ''] = (cause instanceof Error ? cause.message : String(cause)).trim().split('\n', 2);
  const place = /:(\d+):(\d+)$/.exec(second.trim());
  const text = first
    .trim()
    .replace(/^ParseError: /, '')
    .replace(/\.$/, '');
  return place === null ? text : `${text} in line ${place[1]}, column ${place[2]}`;
};

/** The first argument is neither a command nor a visualizer. */
export const unknownCommand = (name: string, names: readonly string[]): FeaturescopeError =>
  usage('UNKNOWN_COMMAND', `featurescope has no command or visualizer "${name}".${didYouMean(name, names)} See "featurescope --help".`);

/** A flag that the command does not have. */
export const unknownFlag = (command: string, flag: string, flags: readonly string[]): FeaturescopeError => {
  const [near] = nearest(flag, flags, 1);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  return usage('UNKNOWN_FLAG', `${command} has no flag ${flag}.${hint} See "${command} --help".`);
};

/** A flag at the end, or before another flag, without its value. */
export const missingFlagValue = (command: string, flag: string, expected: string): FeaturescopeError =>
  usage('MISSING_FLAG_VALUE', `${command}: ${flag} needs a value: ${expected}.`);

/** A flag without a default that was left out. */
export const missingFlag = (command: string, flag: string, expected: string): FeaturescopeError =>
  usage('MISSING_FLAG', `${command} needs ${flag}: ${expected}. See "${command} --help".`);

/** A flag whose value its schema refuses. */
export const invalidFlag = (command: string, flag: string, given: string, expected: string, hint = ''): FeaturescopeError =>
  usage('INVALID_FLAG', `${command}: ${flag} is "${given}", but takes ${expected}.${hint}`);

/** A value given to `--no-flag`. */
export const valueOfNegatedFlag = (command: string, flag: string): FeaturescopeError =>
  usage(
    'INVALID_FLAG',
    `${command}: ${flag} takes no value; write ${flag.replace('--no-', '--')} true or ${flag.replace('--no-', '--')} false.`,
  );

/** Arguments after the last one a command takes. */
export const tooManyArguments = (command: string, given: readonly string[], expected: string): FeaturescopeError =>
  usage('TOO_MANY_ARGUMENTS', `${command} takes ${expected}, but got ${alternatives(given).replace(' or ', ' and ')}.`);

export const missingArgument = (command: string, expected: string): FeaturescopeError =>
  usage('MISSING_ARGUMENT', `${command} needs ${expected}. See "${command} --help".`);

/** Neither a config named nor one in the working directory. */
export const noConfig = (command: string, folder: string, names: readonly string[]): FeaturescopeError =>
  usage('NO_CONFIG', `${command} found no config in ${folder}: expected ${names.join(', ')}, or a path: ${command} <config>.`);

export const configNotFound = (path: string): FeaturescopeError => usage('CONFIG_NOT_FOUND', `There is no config file ${path}.`);

export const configFormat = (path: string, extensions: readonly string[]): FeaturescopeError =>
  usage('CONFIG_FORMAT', `${path} is not a config that can be read: expected a file ending in ${extensions.join(', ')}.`);

/** The config is no valid JSON or TypeScript, or throws. */
export const configUnreadable = (path: string, cause: unknown): FeaturescopeError =>
  usage('CONFIG_UNREADABLE', `The config ${path} cannot be loaded: ${reason(cause)}.`, cause);

export const configWithoutExport = (path: string): FeaturescopeError =>
  usage('CONFIG_EXPORT', `The config ${path} has no default export: expected "export default defineConfig({ … })".`);

/** A field of the config that is unknown, missing or of the wrong kind. */
export const invalidConfig = (path: string, problem: string): FeaturescopeError =>
  usage('INVALID_CONFIG', `The config ${path} is not valid: ${problem.replace(/^The config is not valid:\s*/, '')}`);

export const pluginNotFound = (name: string, cause?: unknown): FeaturescopeError =>
  usage('PLUGIN_NOT_FOUND', `There is no plugin "${name}": expected an installed package, or a path to a .js or .ts file.`, cause);

export const pluginUnreadable = (name: string, cause: unknown): FeaturescopeError =>
  usage('PLUGIN_UNREADABLE', `The plugin "${name}" cannot be loaded: ${reason(cause)}.`, cause);

export const notAPlugin = (name: string, found: readonly string[]): FeaturescopeError =>
  usage(
    'NOT_A_PLUGIN',
    `"${name}" is not a plugin: expected an export "plugin", a default export from definePlugin(), or exported visualizers; it exports ${
      found.length === 0 ? 'nothing' : found.join(', ')
    }.`,
  );

/** Two plugins have a visualizer of the same name. */
export const duplicateVisualizer = (name: string, first: string, second: string): FeaturescopeError =>
  usage('DUPLICATE_VISUALIZER', `The plugins "${first}" and "${second}" both have a visualizer "${name}"; use one of them only.`);

/** A visualizer whose option would shadow a flag that every command has, or whose name is a command. */
export const reservedName = (plugin: string, what: string): FeaturescopeError =>
  usage('RESERVED_NAME', `The plugin "${plugin}" cannot be used: ${what} is taken by featurescope itself.`);

export const unknownTopic = (topic: string, topics: readonly string[]): FeaturescopeError =>
  usage('UNKNOWN_TOPIC', `featurescope list knows nothing called "${topic}": expected ${alternatives(topics)}.`);

export const repeatedTraining = (name: string): FeaturescopeError =>
  usage('TRAINING_NAMES', `Two trainings of the list are called "${name}", but each needs a name of its own.`);

export const differentTrainings = (field: string, first: string, other: string): FeaturescopeError =>
  usage(
    'TRAINING_LIST',
    `The trainings of a list are one run, but have different "${field}": "${first}" and "${other}". Give all the same.`,
  );

export const emptyTrainings = (): FeaturescopeError =>
  usage('TRAINING_LIST', 'The training config is an empty list. Expected one training, or several.');

export const nothingToStartFrom = (name: string, from: readonly string[]): FeaturescopeError =>
  usage(
    'TRAINING_FROM',
    `The training "${name}" is to start from ${from.map((model) => `"${model}"`).join(' and ')}, but no weight of that network has the name and size of one of its own.`,
  );
