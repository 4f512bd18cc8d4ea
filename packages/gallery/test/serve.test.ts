import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GalleryServer, serveGallery } from '../src/index.js';
import { manifestWith, runOf } from './manifest.js';

const root = await mkdtemp(join(tmpdir(), 'featurescope-'));
const out = join(root, 'out');
let server: GalleryServer;

const manifestFile = join(out, 'manifest.json');
const putManifest = async (status: 'running' | 'done'): Promise<void> => {
  await writeFile(`${manifestFile}.tmp`, JSON.stringify(manifestWith([runOf({ status })], { status })));
  await rename(`${manifestFile}.tmp`, manifestFile);
};

beforeAll(async () => {
  await mkdir(join(out, '01-x', '.hidden'), { recursive: true });
  await putManifest('running');
  await writeFile(join(out, '01-x', 'a b#.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(out, '01-x', 'page.html'), '<script>1</script>');
  await writeFile(join(out, '01-x', '.hidden', 'x.json'), '{}');
  await writeFile(join(root, 'secret.json'), '"secret"');
  await symlink(join(root, 'secret.json'), join(out, 'link.json'));
  await symlink(root, join(out, 'folder'));
  await symlink(join(out, '01-x', 'page.html'), join(out, 'inner.html'));
  server = await serveGallery(out);
});
afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A request whose path is sent as it is written. */
const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path, headers, method, agent: false }, (response) => {
      let body = '';
      response
        .setEncoding('utf8')
        .on('data', (text) => (body += text))
        .on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });

describe('serveGallery', () => {
  it('serves the page and the files of the folder', async () => {
    for (const path of ['/', '/index.html', '/?x=1']) {
      const { status, headers, body } = await get(path);
      expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=UTF-8']);
      expect(body).toContain('<html lang="en" data-live>');
    }
    const svg = await get('/01-x/a%20b%23.svg');
    expect(svg).toMatchObject({ status: 200, body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
    expect(svg.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(svg.headers['content-security-policy']).toContain('sandbox');
    expect((await get('/manifest.json')).headers['content-type']).toContain('application/json');
  });

  it('offers what a run does not write only for download', async () => {
    expect((await get('/01-x/page.html')).headers['content-type']).toBe('application/octet-stream');
  });

  it.each([
    '/../secret.json',
    '/01-x/../../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/01-x/..%5c..%5csecret.json',
    '/link.json',
    '/folder/secret.json',
    '//etc/passwd',
    '/%00',
    '/%ff',
    '/01-x',
    '/01-x/',
    '/01-x/.hidden/x.json',
    '/.state/x',
    '/nothing.png',
  ])('has nothing at %s', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  });

  it('follows a link that stays inside', async () => {
    expect((await get('/inner.html')).status).toBe(200);
  });

  it.each(['example.org', 'localhost.example.org', '127.0.0.1.nip.io', 'localhost.:80', '10.0.0.1'])(
    'refuses the host "%s"',
    async (host) => {
      for (const path of ['/', '/events', '/manifest.json']) expect((await get(path, { host })).status).toBe(403);
    },
  );

  it.each(['GET / HTTP/1.0\r\n\r\n', 'GET / HTTP/1.1\r\nHost:\r\n\r\n', 'GET / HTTP/1.1\r\nHost: evil@127.0.0.1\r\n\r\n'])(
    'refuses %j',
    async (text) => {
      const socket = connect(server.port, '127.0.0.1');
      socket.end(text);
      let answer = '';
      for await (const chunk of socket) answer += chunk;
      expect(answer).toMatch(/^HTTP\/1\.1 40[03]/);
    },
  );

  it.each(['localhost', 'LOCALHOST:1234', '[::1]:80'])('accepts the host "%s"', async (host) => {
    expect((await get('/', { host })).status).toBe(200);
  });

  it('only reads', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await get('/', {}, method)).status).toBe(405);
    expect(await get('/manifest.json', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  it('tells an open page about progress and new manifests', async () => {
    const stop = new AbortController();
    const response = await fetch(`${server.url}events`, { signal: stop.signal });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const line = { time: 't', visualizer: 'dream', index: 0, type: 'progress', done: 3, total: 9 };
    await writeFile(join(out, 'events.ndjson'), `${JSON.stringify(line)}\n{"torn`);
    await putManifest('done');
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += new TextDecoder().decode(chunk);
      if (text.includes('event: progress') && text.includes('event: manifest')) break;
    }
    stop.abort();
    expect(text).toContain('event: progress\ndata: {"index":0,"done":3,"total":9}');
    expect(text).toContain('event: manifest\ndata: {"status":"done"}');
  });

  it('closes although a page is following', async () => {
    const second = await serveGallery(out);
    await fetch(`${second.url}events`);
    await second.close();
    await expect(fetch(second.url)).rejects.toThrow();
  });

  it('refuses a folder without a run, and a port in use', async () => {
    await expect(serveGallery(root)).rejects.toMatchObject({ code: 'gallery/no-run', category: 'usage' });
    await expect(serveGallery(out, { port: server.port })).rejects.toMatchObject({ code: 'gallery/port', category: 'usage' });
  });
});
