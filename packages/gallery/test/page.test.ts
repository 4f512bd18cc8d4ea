import type { StoredArtifact } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { type ArtifactDetails, renderGallery } from '../src/index.js';
import { HOSTILE, manifestWith, runOf } from './manifest.js';

const image = (name: string, change: Partial<StoredArtifact> = {}): StoredArtifact => ({
  name,
  kind: 'image',
  path: `01-dream/${name}.png`,
  ...change,
});
const page = (artifacts: readonly StoredArtifact[], details?: ReadonlyMap<string, ArtifactDetails>): string =>
  renderGallery(manifestWith([runOf({ artifacts })]), details === undefined ? {} : { details });

describe('renderGallery', () => {
  it('says what was run, how and how far it came', () => {
    const text = renderGallery(
      manifestWith([
        runOf(),
        runOf({ visualizer: 'occlusion', status: 'failed', error: 'No layer "conv9".', options: { window: [16, 8], on: null } }),
        { visualizer: 'filters', options: {}, status: 'running', artifacts: [] },
      ]),
    );
    for (const expected of [
      '<h1>photonet</h1>',
      'SHA-256 7b6f2a91c3d8',
      '<dd>7</dd>',
      '2026-01-02 03:04 UTC',
      '1.2 s',
      'No layer &quot;conv9&quot;.',
      'Waiting for its turn.',
    ]) {
      expect(text).toContain(expected);
    }
    expect(text).toContain('<dt>window</dt><dd>16, 8</dd>');
    expect([...text.matchAll(/class="pill (\w+)"/g)].map(([, status]) => status)).toEqual(['done', 'done', 'failed', 'waiting']);
  });

  it.each([
    ['running', 'No results yet.'],
    ['done', 'It finished without any artifact.'],
    ['failed', 'It left no artifact.'],
    ['cancelled', 'It left no artifact.'],
  ] as const)('a %s visualizer without artifacts says "%s"', (status, note) => {
    expect(renderGallery(manifestWith([runOf({ status })]))).toContain(note);
  });

  it('has no scripts, styles or pictures from elsewhere', () => {
    const text = page([image('image')]);
    expect(
      [...text.matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, url]) => url).filter((url) => !/^(\.\/|#|data:)/.test(url ?? '')),
    ).toEqual([]);
    expect(text).not.toMatch(/@import|url\(/);
  });

  it('lays an input and its result over each other when they have the same form', () => {
    const pair = [image('input', { input: 'cat' }), image('image', { input: 'cat', layer: 'conv6' }), image('other', { input: 'cat' })];
    const sized = (width: number) =>
      new Map<string, ArtifactDetails>([
        ['01-dream/input.png', { size: { width, height: 100 } }],
        ['01-dream/image.png', { size: { width: 200, height: 200 } }],
      ]);
    expect(page(pair)).toContain('class="compare"');
    expect(page(pair, sized(101))).toContain('class="compare"');
    expect(page(pair, sized(150))).not.toContain('class="compare"');
    expect(page([pair[0] ?? image('x'), image('image', { input: 'dog' })])).not.toContain('class="compare"');
  });

  it('shows tables with a link to the whole, and shapes of arrays', () => {
    const artifacts: StoredArtifact[] = [
      { name: 'top', kind: 'table', path: '01-dream/top.csv' },
      { name: 'map', kind: 'tensor', path: '01-dream/map.npy' },
      { name: 'facts', kind: 'json', path: '01-dream/facts.json' },
    ];
    const text = page(
      artifacts,
      new Map<string, ArtifactDetails>([
        ['01-dream/top.csv', { table: { columns: ['name', 'value'], rows: [['a', '0.123456789']], total: 3 } }],
        ['01-dream/map.npy', { shape: [4, 5] }],
        ['01-dream/facts.json', { text: '{ "a": "<b>" }' }],
      ]),
    );
    expect(text).toContain('<td>a</td><td class="number" title="0.123456789">0.12346</td>');
    expect(text).toContain('2 more rows in the <a href="./01-dream/top.csv" download>file</a>');
    expect(text).toContain('4 × 5 float32');
    expect(text).toContain('{ &quot;a&quot;: &quot;&lt;b&gt;&quot; }');
  });

  it('does not link to files outside the folder', () => {
    const text = page(['../secret.png', '/etc/passwd', 'https://example.org/x.png', 'a/../../b'].map((path) => image('image', { path })));
    expect(text).not.toMatch(/(src|href)="[^"]*(secret|passwd|\.\.\/)/);
    expect(text).not.toMatch(/(src|href)="https?:/);
  });

  it('escapes every name, whatever it is', () => {
    for (const name of HOSTILE) {
      const artifact = { name, input: name, layer: name, unit: 1, description: name };
      const kinds = ['image', 'animation', 'tensor', 'plot', 'table', 'json'] as const;
      const artifacts = [
        ...kinds.map((kind) => ({ ...artifact, kind, path: `01-x/${name}.${kind}` })),
        ...['input', 'image'].map((one) => image(one, { input: name, layer: name })),
      ];
      const details = new Map<string, ArtifactDetails>([
        [`01-x/${name}.table`, { table: { columns: [name], rows: [[name]], total: 1 } }],
        [`01-x/${name}.json`, { text: name }],
      ]);
      const run = runOf({
        visualizer: name,
        error: name,
        options: { [name]: name, nested: { [name]: [name] } },
        status: name as 'done',
        startedAt: name,
        artifacts,
      });
      const text = renderGallery(
        manifestWith([run, run], {
          featurescope: name,
          model: { name, sha256: name },
          runtime: { tensors: name, executor: name },
          status: name as 'done',
          startedAt: name,
        }),
        { details },
      );
      const body = text.slice(text.indexOf('<body>'));
      expect(body.match(/<script/g)).toHaveLength(1);
      expect(body).not.toMatch(/<(img src=x|b id=e|style)/);
      const markup = body.slice(0, body.indexOf('<script'));
      expect(markup.replace(/<\/?[a-z][a-z0-9]*( (?!on)[a-z-]+(="[^"<>]*")?)*>/g, '')).not.toMatch(/[<>"']/);
      expect(body).not.toMatch(/(src|href)="(?!\.\/|#)/);
    }
  });
});
