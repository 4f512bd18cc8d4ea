import type { ArtifactStore } from '../platform/platform.js';
import type { Manifest } from './manifest.js';

/** Milliseconds after which a run shows itself in its folder although its model and inputs are still being loaded. */
const PATIENCE = 400;

/**
 * Waits for something slow, such as a model being downloaded, and meanwhile writes a manifest that says that the run is
 * there. Nothing is written when the wait is short, so that a model or an input that does not exist leaves no folder.
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
    const text = error instanceof Error ? error.message : String(error);
    const failed = {
      ...manifest,
      status: 'failed' as const,
      runs: manifest.runs.map((run) => ({ ...run, status: 'failed' as const, error: text })),
    };
    // What went wrong first is what the user is told, also when the folder cannot be written to.
    await written.then(() => store.writeManifest(failed)).catch(() => {});
    throw error;
  }
}
