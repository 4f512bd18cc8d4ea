import { basename, join, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { bundledModels, findBundled } from './bundled.js';
import { unknownModel } from './errors.js';
import { isFile, isFolder, namesIn } from './files.js';
import { isModelFile, looksLikeFile } from './format.js';
import { type LocateOptions, listModels } from './locate.js';

const ALL = '@all';

/**
 * The models that a folder, a glob or `photonet@all` stands for, as sources that can be located, in natural order; the name or file of
 * one model stands for itself. None where a folder is empty or not there. @throws FeaturescopeError when a bundled network does not exist
 */
export const modelsMatching = async (pattern: string, options: LocateOptions = {}): Promise<readonly string[]> => {
  if (pattern.endsWith(ALL) && !isPath(pattern)) return checkpointsOf(pattern.slice(0, -ALL.length), options);
  if (!isPath(pattern) && (await listModels(options)).some(({ name }) => name === pattern)) return [pattern];
  const { cwd = process.cwd() } = options;
  const path = resolve(cwd, pattern);
  if (await isFile(path)) return [pattern];
  if (await isFolder(path)) return inFolder(path, pattern);
  if (isDynamicPattern(pattern)) return matching(pattern, cwd);
  return isPath(pattern) && !looksLikeFile(pattern) ? [] : [pattern];
};

const isPath = (text: string): boolean => /[/\\]/.test(text) || text === '.' || text === '..';

const checkpointsOf = async (network: string, options: LocateOptions): Promise<readonly string[]> => {
  if (!(await findBundled(network, options.weightsFolder))) {
    const bundled = await bundledModels(options.weightsFolder);
    throw unknownModel(
      `${network}${ALL}`,
      bundled.map((model) => `${model.network}${ALL}`),
      undefined,
    );
  }
  return (await bundledModels(options.weightsFolder)).filter((model) => model.network === network).map(({ name }) => name);
};

/** Files of models, and folders that are TensorFlow.js models. */
const inFolder = async (path: string, given: string): Promise<readonly string[]> => {
  const names = await namesIn(path);
  if (names.includes('model.json')) return [given];
  const found: string[] = [];
  for (const name of names) {
    const isModel = isModelFile(name) ? await isFile(join(path, name)) : await isFile(join(path, name, 'model.json'));
    if (isModel) found.push(`${given.replace(/[/\\]+$/, '')}/${name}`);
  }
  return found.sort(naturally);
};

const matching = async (pattern: string, cwd: string): Promise<readonly string[]> => {
  const portable = process.platform === 'win32' ? pattern.replaceAll('\\', '/') : pattern;
  const files = await glob(portable, { cwd, expandDirectories: false, onlyFiles: true });
  // A name without a folder could be that of another model.
  const sources = files.filter((file) => isModelFile(basename(file))).map((file) => (isPath(file) ? file : `./${file}`));
  return sources.sort(naturally);
};

const collator = new Intl.Collator('en', { numeric: true });

/** Numbers by their value, so that `epoch-2` comes before `epoch-10`. */
const naturally = (a: string, b: string): number => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
