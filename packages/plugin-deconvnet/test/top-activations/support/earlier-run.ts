import type { EarlierRun, Manifest, VisualizerEvent } from '@featurescope/core';
import { artifactsOf } from './run.js';

/** What a run with these events leaves in its folder. */
export function earlierRun(
  events: readonly VisualizerEvent[],
  status: 'done' | 'cancelled' = 'done',
  visualizer = 'top-activations',
): EarlierRun {
  const state = artifactsOf(events).find((artifact) => artifact.kind === 'json');
  const manifest: Manifest = {
    schemaVersion: 1,
    featurescope: '0',
    model: { name: 'tiny', sha256: '' },
    runtime: { tensors: 'cpu', executor: 'reference' },
    seed: 1,
    config: {},
    status,
    startedAt: '',
    runs: [{ visualizer, options: {}, status, artifacts: state ? [{ name: 'state', kind: 'json', path: 'state.json' }] : [] }],
  };
  const bytes = new TextEncoder().encode(JSON.stringify(state?.kind === 'json' ? state.value : undefined, null, 2));
  return { location: 'there', manifest, read: async (path) => (path === 'state.json' ? bytes : undefined) };
}
