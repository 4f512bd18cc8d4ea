import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledMissing, unknownCheckpoint } from './errors.js';

/** The network that is used when none is named. */
export const DEFAULT_MODEL = 'photonet';

const WEIGHTS = fileURLToPath(new URL('../../weights/', import.meta.url));

/** One set of weights that comes with the package. */
export interface BundledModel {
  /** `photonet@20`. */
  readonly name: string;
  readonly network: string;
  /** Training epoch after which it was saved. */
  readonly checkpoint: number;
  readonly path: string;
}

/** All bundled weights, by network and then by epoch. */
export const bundledModels = async (folder = WEIGHTS): Promise<readonly BundledModel[]> => {
  const networks = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const models: BundledModel[] = [];
  for (const network of networks
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()) {
    for (const file of await readdir(join(folder, network))) {
      const epoch = /^epoch-(\d+)\.safetensors$/.exec(file)?.[1];
      if (epoch === undefined) continue;
      models.push({ name: `${network}@${Number(epoch)}`, network, checkpoint: Number(epoch), path: join(folder, network, file) });
    }
  }
  return models.sort((a, b) => (a.network === b.network ? a.checkpoint - b.checkpoint : a.network < b.network ? -1 : 1));
};

/** `photonet` (its last checkpoint) or `photonet@20`; undefined when no bundled network has that name. @throws FeaturescopeError when its checkpoint does not exist */
export const findBundled = async (name: string, folder = WEIGHTS): Promise<BundledModel | undefined> => {
  const [network = '', checkpoint] = name.split('@', 2);
  const checkpoints = (await bundledModels(folder)).filter((model) => model.network === network);
  const last = checkpoints.at(-1);
  if (last === undefined) {
    if (network === DEFAULT_MODEL) throw bundledMissing(network, folder);
    return undefined;
  }
  if (checkpoint === undefined) return { ...last, name: network };
  const found = checkpoints.find((model) => `${model.checkpoint}` === checkpoint);
  if (found !== undefined) return found;
  throw unknownCheckpoint(
    network,
    checkpoint,
    checkpoints.map((model) => model.name),
  );
};
