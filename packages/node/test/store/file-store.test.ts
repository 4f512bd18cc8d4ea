import { existsSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Artifact, decodeNpy, type Manifest, type RunEvent } from '@featurescope/core';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { FileArtifactStore, sharpCodec } from '../../src/index.js';
import { temporaryFolder } from '../folder.js';
import { gradient } from '../pictures.js';

const root = await temporaryFolder();
let count = 0;
const fresh = (): { store: FileArtifactStore; out: string } => {
  const out = join(root, String(count++));
  return { store: new FileArtifactStore(out, sharpCodec), out };
};

const MANIFEST: Manifest = {
  schemaVersion: 1,
  featurescope: '0.1.0',
  model: { name: 'tiny', sha256: 'ab' },
  runtime: { tensors: 'cpu', executor: 'tfjs' },
  seed: 1,
  config: {},
  status: 'running',
  startedAt: '2026-01-01T00:00:00.000Z',
  runs: [],
};
const EVENT: RunEvent = { time: 't', visualizer: 'dream', index: 0, type: 'metric', series: 'objective', step: 0, value: 1.5 };
const json = (name: string, extra: object = {}): Artifact => ({ kind: 'json', name, value: 1, ...extra });

describe('artifacts', () => {
  it('turns every kind into a file that its readers understand', async () => {
    const { store, out } = fresh();
    const write = (artifact: Artifact) => store.write('01-dream', artifact, { Software: 'featurescope' });
    const read = async (artifact: Artifact) => readFile(join(out, (await write(artifact)).path));

    expect((await sharp(await read({ kind: 'image', name: 'image', image: gradient(6, 5) })).metadata()).comments).toEqual([
      { keyword: 'Software', text: 'featurescope' },
    ]);
    expect(
      (await sharp(await read({ kind: 'animation', name: 'run', frames: [gradient(6, 5), gradient(6, 5)], delay: 50 })).metadata()).format,
    ).toBe('webp');
    const film = { kind: 'animation', name: 'film', frames: [gradient(6, 5), gradient(6, 5)], delay: 50, format: 'gif' } as const;
    expect((await sharp(await read(film), { pages: -1 }).metadata()).pages).toBe(2);
    expect(decodeNpy(await read({ kind: 'tensor', name: 'map', shape: [1, 2], data: Float32Array.of(1, -2.5) }), 'x')).toEqual({
      shape: [1, 2],
      data: Float32Array.of(1, -2.5),
    });
    const rows = [
      ['a,"b"\nc', 1e-7, true],
      ['é', -2, false],
    ];
    expect((await read({ kind: 'table', name: 'top', columns: ['name', 'value', 'ok'], rows })).toString()).toBe(
      'name,value,ok\n"a,""b""\nc",1e-7,true\né,-2,false\n',
    );
    expect(JSON.parse((await read({ kind: 'json', name: 'facts', value: { a: Float32Array.of(1, 2) } })).toString())).toEqual({
      a: [1, 2],
    });
  });

  it('draws a plot as SVG that loads nothing', async () => {
    const { store, out } = fresh();
    const encoding = { x: { field: 'a', type: 'quantitative' }, y: { field: 'b', type: 'quantitative' } };
    const plot = {
      mark: 'line',
      encoding,
      data: {
        values: [
          { a: 0, b: 1 },
          { a: 1, b: 3 },
        ],
      },
    };
    const { path } = await store.write('01-dream', { kind: 'plot', name: 'objective', plot }, {});
    const svg = await readFile(join(out, path), 'utf8');
    expect(svg).toMatch(/^<svg[^>]*>[\s\S]*<\/svg>\n$/);
    expect((await sharp(Buffer.from(svg)).metadata()).format).toBe('svg');
    for (const url of ['file:///etc/passwd', 'http://localhost:1/x.json', '/etc/passwd']) {
      const outside = { ...plot, data: { url } };
      await expect(store.write('01-dream', { kind: 'plot', name: 'bad', plot: outside }, {})).rejects.toMatchObject({
        code: 'plot/invalid',
      });
    }
    await expect(store.write('01-dream', { kind: 'plot', name: 'odd', plot: { mark: 5 } }, {})).rejects.toMatchObject({
      code: 'plot/invalid',
    });
  });

  it('names files after the subject and tells the subject in the manifest', async () => {
    const { store } = fresh();
    const subject = { name: 'attribution', input: 'cat', layer: 'fire5/concat', unit: 12, description: 'of a cat' };
    expect(await store.write('02-gradient', { kind: 'tensor', shape: [1], data: Float32Array.of(0), ...subject }, {})).toEqual({
      ...subject,
      kind: 'tensor',
      path: '02-gradient/attribution.cat.fire5-concat.u12.npy',
    });
  });

  it('keeps two subjects apart, also regardless of case, and replaces the same one', async () => {
    const { store } = fresh();
    const paths = [];
    for (const name of ['conv/1', 'conv.1', 'CONV 1', 'conv/1']) paths.push((await store.write('01-x', json(name), {})).path);
    expect(paths).toEqual(['01-x/conv-1.json', '01-x/conv-1-2.json', '01-x/CONV-1-3.json', '01-x/conv-1.json']);
  });

  it('keeps the formats of an animation apart, also in a run that is resumed', async () => {
    const { store, out } = fresh();
    const film = { kind: 'animation', name: 'film', input: 'cat', frames: [gradient(6, 5)], delay: 50 } as const;
    const write = (into: FileArtifactStore, format?: 'webp' | 'gif') => into.write('01-x', format ? { ...film, format } : film, {});
    const artifacts = [await write(store), await write(store, 'gif')];
    expect(artifacts).toEqual([
      { kind: 'animation', name: 'film', input: 'cat', path: '01-x/film.cat.webp' },
      { kind: 'animation', name: 'film', input: 'cat', path: '01-x/film.cat.gif' },
    ]);
    await store.writeManifest({ ...MANIFEST, runs: [{ visualizer: 'x', options: {}, status: 'running', artifacts }] });
    const resumed = new FileArtifactStore(out, sharpCodec);
    expect((await write(resumed, 'gif')).path).toBe('01-x/film.cat.gif');
    expect((await write(resumed, 'webp')).path).toBe('01-x/film.cat.webp');
    expect((await resumed.write('01-x', { ...film, input: 'CAT', format: 'gif' }, {})).path).toBe('01-x/film.CAT-2.gif');
  });

  it('clears away what a kill left half written when a run is resumed', async () => {
    const { store, out } = fresh();
    await store.write('01-x', json('a'), {});
    await writeFile(join(out, '01-x', `.~b.json-${process.pid}-99999.tmp`), 'torn');
    await new FileArtifactStore(out, sharpCodec).write('01-x', json('b'), {});
    expect((await readdir(join(out, '01-x'))).sort()).toEqual(['a.json', 'b.json']);
  });

  it('keeps names of an interrupted run when it is resumed', async () => {
    const { store, out } = fresh();
    const first = await store.write('01-x', json('a/b'), {});
    await store.writeManifest({ ...MANIFEST, runs: [{ visualizer: 'x', options: {}, status: 'running', artifacts: [first] }] });
    const resumed = new FileArtifactStore(out, sharpCodec);
    const [other, again] = await Promise.all([resumed.write('01-x', json('a.b'), {}), resumed.write('01-x', json('a/b'), {})]);
    expect([other.path, again.path]).toEqual(['01-x/a-b-2.json', '01-x/a-b.json']);
  });

  it('stays inside its folder and has portable names, whatever the artifact is called', async () => {
    const { store, out } = fresh();
    const hostile = fc.oneof(
      fc.constantFrom('../../etc/passwd', '..', '/', 'C:\\x', 'nul', '', '\0', '<img src=x>', 'a'.repeat(5000), '日本/語'),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (folder, name, input) => {
        const { path } = await store.write(folder, json(name, { input }), {});
        expect(path).toMatch(/^[\p{L}\p{M}\p{N}_-]+\/[\p{L}\p{M}\p{N}_.-]+\.json$/u);
        expect(path).not.toContain('..');
        expect(existsSync(join(out, path))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('clears what is in a folder, and nothing else', async () => {
    const { store, out } = fresh();
    for (const folder of ['01-a', '02-b']) await store.write(folder, json('x'), {});
    await store.clear('01-a');
    await store.clear('..');
    expect(await readdir(out)).toEqual(['02-b']);
  });
});

describe('manifest', () => {
  it('comes back as it was written', async () => {
    const { store } = fresh();
    expect(await store.readManifest()).toBeUndefined();
    await store.writeManifest(MANIFEST);
    expect(await store.readManifest()).toEqual(MANIFEST);
  });

  it('is refused when it is damaged', async () => {
    const { store, out } = fresh();
    await mkdir(out);
    for (const text of ['{"schemaVersion": 1', '[]', 'null', '{"schemaVersion": 2, "runs": []}']) {
      await writeFile(join(out, 'manifest.json'), text);
      await expect(store.readManifest()).rejects.toMatchObject({ code: 'output/bad-manifest', category: 'usage' });
    }
  });
});

describe('events', () => {
  const lines = async (out: string) =>
    (await readFile(join(out, 'events.ndjson'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

  it('are one JSON object a line, in order, without pixels', async () => {
    const { store, out } = fresh();
    await Promise.all([0, 1, 2].map((step) => store.appendEvent({ ...EVENT, step } as RunEvent)));
    await store.appendEvent({ time: 't', visualizer: 'dream', index: 0, type: 'frame', step: 3, image: gradient(4, 2) });
    await store.close();
    const events = await lines(out);
    expect(events.map((event) => event.step)).toEqual([0, 1, 2, 3]);
    expect(events[3].image).toEqual({ width: 4, height: 2, channels: 3 });
  });

  it.each([
    ['a torn line is cut off', '{"time":"t","typ', 1],
    ['a line that only lacks its end is kept', '{"time":"t"}', 2],
    ['a line torn within a character is cut off', Buffer.from([0x22, 0xc3]), 1],
  ])('after a kill, %s', async (_what, tail, before) => {
    const { store, out } = fresh();
    await store.appendEvent(EVENT);
    await store.close();
    await appendFile(join(out, 'events.ndjson'), tail);
    const resumed = new FileArtifactStore(out, sharpCodec);
    await resumed.appendEvent({ ...EVENT, step: 9 } as RunEvent);
    await resumed.close();
    const events = await lines(out);
    expect(events).toHaveLength(before + 1);
    expect(events.at(-1)).toEqual({ ...EVENT, step: 9 });
  });

  it('can be started anew', async () => {
    const { store, out } = fresh();
    await store.appendEvent(EVENT);
    await store.writeText('events.ndjson', '');
    await store.appendEvent({ ...EVENT, step: 5 } as RunEvent);
    await store.close();
    expect((await lines(out)).map((event) => event.step)).toEqual([5]);
  });
});

describe('state', () => {
  it('is loaded as it was saved, until it is cleared', async () => {
    const { store, out } = fresh();
    const state = store.state('01-dream');
    expect(await state.load()).toBeUndefined();
    await state.save(Uint8Array.of(1, 2));
    await state.save(Uint8Array.of(3));
    await store.clear('01-dream');
    expect([...((await new FileArtifactStore(out, sharpCodec).state('01-dream').load()) ?? [])]).toEqual([3]);
    await store.clearState('01-dream');
    expect(await state.load()).toBeUndefined();
    expect(await readdir(out)).toEqual([]);
  });
});

describe('writeText', () => {
  it('refuses paths that leave the folder', async () => {
    const { store } = fresh();
    for (const path of ['../x', '/x', 'a/../../x', 'a\\b', '', '.', 'a//b', 'c:x']) {
      await expect(store.writeText(path, '')).rejects.toMatchObject({ code: 'output/bad-path' });
    }
  });
});

describe('a place that cannot be used', () => {
  it('is told before any work', async () => {
    const file = join(root, 'a-file');
    await writeFile(file, '');
    await expect(new FileArtifactStore(file, sharpCodec).writeManifest(MANIFEST)).rejects.toMatchObject({
      code: 'output/unusable-folder',
      category: 'usage',
      message: `Nothing can be written to the folder "${file}": it exists and is a file, not a folder. Expected a folder that can be made or written to; give another with --out.`,
    });
    await expect(new FileArtifactStore(join(file, 'x'), sharpCodec).appendEvent(EVENT)).rejects.toMatchObject({ category: 'usage' });
    expect(await new FileArtifactStore(join(file, 'x'), sharpCodec).readManifest()).toBeUndefined();
  });
});
