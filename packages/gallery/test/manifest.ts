import type { Manifest, ManifestRun } from '@featurescope/core';

/** A finished run of one visualizer, changed as a test needs it. */
export const manifestWith = (runs: readonly ManifestRun[], change: Partial<Manifest> = {}): Manifest => ({
  schemaVersion: 1,
  featurescope: '0.1.0',
  model: { name: 'photonet', sha256: '7b6f2a91c3d84e5f60718293a4b5c6d7e8f90123456789abcdef0123456789ab' },
  runtime: { tensors: 'wasm', executor: 'onnx' },
  seed: 7,
  config: {},
  status: 'done',
  startedAt: '2026-01-02T03:04:05.000Z',
  runs,
  ...change,
});

export const runOf = (change: Partial<ManifestRun> = {}): ManifestRun => ({
  visualizer: 'dream',
  options: { layers: ['conv6'], octaves: 4 },
  status: 'done',
  startedAt: '2026-01-02T03:04:05.000Z',
  durationMs: 1234,
  artifacts: [],
  ...change,
});

/** Names that would do harm wherever they were not escaped. */
export const HOSTILE = [
  '<img src=x onerror="document.title=\'owned\'">',
  '"><script>document.title="owned"</script>',
  "' onmouseover='document.title=1' x='",
  '</style><script>document.title="owned"</script>',
  '</script><script>document.title="owned"</script>',
  '</template><b id=escaped>',
  'javascript:document.title="owned"//',
  '&lt;b&gt; &amp;',
  '\u202egnp.exe \0 \ud800',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must not be taken for a template
  '${document.title="owned"}',
] as const;
