import { basename, dirname, extname, join, resolve } from 'node:path';
import { architectures } from '../architectures/index.js';
import { cacheFolder, type DownloadOptions, fetchModel, type HubEntry, readManifest } from '../hub/index.js';
import { bundledModels, DEFAULT_MODEL, findBundled } from './bundled.js';
import { architectureWithoutWeights, unknownModel } from './errors.js';
import { isFile, isFolder, modelInFolder, namesIn } from './files.js';
import { formatOf, isModelFile, looksLikeFile, MODEL_ENDINGS, type ModelFormat } from './format.js';

/** Where a model was found. */
export type ModelOrigin = 'bundled' | 'folder' | 'hub' | 'file';

export interface LocatedModel {
  readonly name: string;
  readonly origin: ModelOrigin;
  /** Absolute path of the model file. */
  readonly path: string;
  readonly format: ModelFormat;
  /** What the hub knows about the file; its labels lie at `labelsPath`. */
  readonly hub?: HubEntry;
  readonly labelsPath?: string;
}

export interface LocateOptions {
  /** Default: that of the process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Folder that relative paths count from. Default: the working directory. */
  readonly cwd?: string;
  readonly download?: DownloadOptions;
  /** Bundled weights and hub list of another place, for tests. */
  readonly weightsFolder?: string;
  readonly manifest?: string;
}

/**
 * The file behind a name or path. Names are looked up in the folder `FEATURESCOPE_MODELS`, then among the bundled networks,
 * then in the hub, from where the file is downloaded if it is not in the cache.
 * @throws FeaturescopeError naming the nearest models when there is none, or why it cannot be had
 */
export const locateModel = async (source: string | undefined, options: LocateOptions = {}): Promise<LocatedModel> => {
  const { env = process.env, cwd = process.cwd() } = options;
  if (source === undefined)
    return bundled(DEFAULT_MODEL, options).then((found) => found ?? Promise.reject(unknownModel(DEFAULT_MODEL, [], undefined)));
  const path = resolve(cwd, source);
  if (/[/\\]/.test(source) || source === '.' || source === '..') return fileAt(path, 'file');
  const inFolder = await fromModelsFolder(source, env.FEATURESCOPE_MODELS);
  if (inFolder) return inFolder;
  if ((await isFile(path)) || looksLikeFile(source)) return fileAt(path, 'file');

  const own = await bundled(source, options);
  if (own) return own;
  if (architectures.some(({ name }) => name === source)) throw architectureWithoutWeights(source);
  const entry = (await readManifest(options.manifest)).find(({ name }) => name === source);
  if (entry) return fromHub(entry, cacheFolder(env), options.download);
  if (await isFolder(path)) return fileAt(path, 'file');
  throw unknownModel(
    source,
    [...(await listModels(options)), ...architectures].map(({ name }) => name),
    env.FEATURESCOPE_MODELS,
  );
};

const bundled = async (name: string, options: LocateOptions): Promise<LocatedModel | undefined> => {
  const found = await findBundled(name, options.weightsFolder);
  return found && { name: found.name, origin: 'bundled', path: found.path, format: 'safetensors' };
};

/** A model file, or the one model in a folder. */
const fileAt = async (path: string, origin: ModelOrigin, name?: string): Promise<LocatedModel> => {
  const file = (await isFolder(path)) ? await modelInFolder(path) : path;
  const format = formatOf(file);
  return { name: name ?? nameOf(file, format), origin, path: file, format };
};

/** A `model.json` has the name of its folder. */
const nameOf = (path: string, format: ModelFormat): string =>
  format === 'tfjs-layers' && basename(path) === 'model.json' ? basename(dirname(path)) : basename(path, extname(path));

const fromModelsFolder = async (name: string, folder: string | undefined): Promise<LocatedModel | undefined> => {
  if (!folder) return undefined;
  const path = resolve(folder, name);
  if (await isFolder(path)) return fileAt(path, 'folder', name);
  for (const candidate of [path, ...MODEL_ENDINGS.map((ending) => `${path}${ending}`)])
    if (await isFile(candidate)) return fileAt(candidate, 'folder');
  return undefined;
};

const fromHub = async (entry: HubEntry, cache: string, download: DownloadOptions | undefined): Promise<LocatedModel> => {
  const files = await fetchModel(entry, cache, download);
  return {
    name: entry.name,
    origin: 'hub',
    path: files.model,
    format: entry.format,
    hub: entry,
    ...(files.labels !== undefined && { labelsPath: files.labels }),
  };
};

/** A model that can be named. */
export interface ListedModel {
  readonly name: string;
  readonly origin: Exclude<ModelOrigin, 'file'>;
  readonly summary: string;
  /** Whether it is on this machine already. */
  readonly present: boolean;
  /** Of a hub model. */
  readonly bytes?: number;
  readonly licence?: string;
}

/** All models that can be named, those that are looked up first before others. */
export const listModels = async (options: LocateOptions = {}): Promise<readonly ListedModel[]> => {
  const { env = process.env } = options;
  const own = await bundledModels(options.weightsFolder);
  const networks = [...new Set(own.map(({ network }) => network))];
  const cache = cacheFolder(env);
  const hub = await Promise.all(
    (await readManifest(options.manifest)).map(async ({ name, summary, licence, model }) => ({
      name,
      origin: 'hub' as const,
      summary,
      licence,
      bytes: model.bytes,
      present: await isFile(join(cache, name, model.file)),
    })),
  );
  const listed: ListedModel[] = [
    ...(await inModelsFolder(env.FEATURESCOPE_MODELS)),
    ...networks.map((name) => ({ name, origin: 'bundled' as const, summary: 'trained by the project; last checkpoint', present: true })),
    ...own.map(({ name, checkpoint }) => ({
      name,
      origin: 'bundled' as const,
      summary: `after training epoch ${checkpoint}`,
      present: true,
    })),
    ...hub,
  ];
  const seen = new Set<string>();
  return listed.filter(({ name }) => !seen.has(name) && seen.add(name));
};

const withoutEnding = (name: string): string => (isModelFile(name) ? basename(name, extname(name)) : name);

const inModelsFolder = async (folder: string | undefined): Promise<readonly ListedModel[]> => {
  if (!folder) return [];
  const found: ListedModel[] = [];
  for (const entry of await namesIn(folder)) {
    const path = join(folder, entry);
    const model = (await isFolder(path)) ? await modelInFolder(path).catch(() => undefined) : isModelFile(entry) ? path : undefined;
    if (model !== undefined) found.push({ name: withoutEnding(entry), origin: 'folder', summary: model, present: true });
  }
  return found;
};
