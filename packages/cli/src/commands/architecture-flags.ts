import type { Architecture, ExampleSource } from '@featurescope/core';
import { loadCatalog } from '../config/load.js';
import { type Flag, flagsOf } from '../flags/flag.js';
import type { Io } from '../io.js';
import { scanValues } from '../split.js';

/** The architectures that come with Featurescope, then those of plugins. */
export const allArchitectures = async (plugins: readonly string[], io: Io): Promise<readonly Architecture[]> => {
  const { architectures } = await import('@featurescope/models');
  const catalog = plugins.length === 0 ? undefined : await loadCatalog(plugins, io.cwd);
  return [...architectures, ...(catalog?.architectures ?? [])];
};

/** What networks can be made and trained on: what comes with Featurescope, then what plugins offer. */
export const trainingCatalog = async (
  plugins: readonly string[],
  cwd: string,
): Promise<{ readonly architectures: readonly Architecture[]; readonly sources: readonly ExampleSource[] }> => {
  const { architectures } = await import('@featurescope/models');
  const catalog = await loadCatalog(plugins, cwd);
  const sources = catalog.plugins.flatMap((plugin) => plugin.exampleSources ?? []);
  return { architectures: [...architectures, ...catalog.architectures], sources };
};

/** The flags of the architecture that the arguments of `inspect` name. */
export const architectureFlags = async (rest: readonly string[], io: Io): Promise<readonly Flag[]> => {
  const found = (await allArchitectures(scanValues(rest, 'plugin'), io)).find(({ name }) => rest.includes(name));
  return found?.options === undefined ? [] : flagsOf(found.options);
};
