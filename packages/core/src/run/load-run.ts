import type { ArtifactStore } from '../platform/platform.js';
import type { EarlierRun, RunContext } from '../visualizer/context.js';
import { noSuchRun } from './errors.js';

/** Looks into the output folders of other runs, without writing to them. */
export const runsOnDemand =
  (openStore: (out: string) => ArtifactStore): RunContext['loadRun'] =>
  async (out): Promise<EarlierRun> => {
    const store = openStore(out);
    const manifest = await store.readManifest();
    if (!manifest) throw noSuchRun(out);
    return { location: store.location, manifest, read: async (path) => store.read?.(path) };
  };
