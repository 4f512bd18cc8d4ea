import type { ArtifactStore } from '../platform/platform.js';
import type { Manifest } from './manifest.js';

/** Milliseconds after which a run shows itself in its folder although its model is still being loaded. */
const PATIENCE = 400;

/**
 * Waits for something slow, such as a model being downloaded, and meanwhile writes a manifest that says that the run is
 * there. Nothing is written when the wait is short, so that a model that does not exist leaves no folder.
 */
export async function announced<T>(loading: Promise<T>, store: ArtifactStore, manifest: Manifest | undefined): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const slow = new Promise<'slow'>((resolve) => {
    timer = setTimeout(() => resolve('slow'), PATIENCE);
  });
  const outcome = await Promise.race([loading.then(() => 'loaded' as const), slow]).finally(() => clearTimeout(timer));
  if (outcome === 'loaded' || !manifest) return loading;
  const written = store.writeManifest(manifest);
  try {
    const [result] = await Promise.all([loading, written]);
    return result;
  } catch (error) {
    await written.catch(() => {});
    const text = error instanceof Error ? error.message : String(error);
    await store.writeManifest({
      ...manifest,
      status: 'failed',
      runs: manifest.runs.map((run) => ({ ...run, status: 'failed', error: text })),
    });
    throw error;
  }
}
