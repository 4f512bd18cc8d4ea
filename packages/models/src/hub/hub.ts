import { homedir } from 'node:os';
import { join } from 'node:path';
import { type DownloadOptions, download } from './download.js';
import type { HubEntry } from './manifest.js';

export interface CachedModel {
  readonly model: string;
  /** File with class names, when the entry has one. */
  readonly labels?: string;
}

/** Folder of downloaded models: `FEATURESCOPE_HOME`, else `~/.cache/featurescope`. */
export const cacheFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env.FEATURESCOPE_HOME || join(homedir(), '.cache', 'featurescope'), 'hub');

/** Files of a hub model in the cache, downloaded and verified as needed. @throws FeaturescopeError when they cannot be had */
export const fetchModel = async (entry: HubEntry, cache: string, options: DownloadOptions = {}): Promise<CachedModel> => {
  const folder = join(cache, entry.name);
  const model = join(folder, entry.model.file);
  await download(entry.model, model, options);
  if (entry.labels === undefined || Array.isArray(entry.labels)) return { model };
  const labels = join(folder, entry.labels.file);
  await download(entry.labels, labels, options);
  return { model, labels };
};
