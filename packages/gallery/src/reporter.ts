import type { ArtifactStore, Manifest, Reporter, RunEvent } from '@featurescope/core';
import { type ArtifactDetails, readDetails } from './details/details.js';
import { renderGallery } from './page/page.js';

/** While artifacts arrive the page is written at most this often, in milliseconds. */
const INTERVAL = 1000;
const PAGE = 'index.html';

const writePage = async (manifest: Manifest, store: ArtifactStore, known: Map<string, ArtifactDetails>): Promise<void> => {
  const details = await readDetails(manifest, async (path) => store.read?.(path), known);
  for (const [path, found] of details) known.set(path, found);
  await store.writeText(PAGE, renderGallery(manifest, { details }));
};

/** Keeps `index.html` of a run up to date: at every beginning and end, and about once a second while artifacts arrive. */
export const galleryReporter = (): Reporter => {
  const known = new Map<string, ArtifactDetails>();
  let written = Number.NEGATIVE_INFINITY;
  let pending = false;

  const isDue = (event: RunEvent): boolean => {
    if (event.type === 'artifact') {
      known.delete(event.artifact.path);
      pending = true;
    }
    if (
      event.type === 'run-started' ||
      event.type === 'run-finished' ||
      event.type === 'visualizer-started' ||
      event.type === 'visualizer-finished'
    )
      return true;
    return pending && !(Date.parse(event.time) - written < INTERVAL);
  };

  return {
    name: 'gallery',
    async onEvent(event, manifest, store) {
      if (!isDue(event)) return;
      pending = false;
      written = Date.parse(event.time);
      await writePage(manifest, store, known);
    },
  };
};
