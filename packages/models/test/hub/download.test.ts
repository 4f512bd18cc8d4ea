import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DownloadOptions, download, type HubFile } from '../../src/hub/index.js';

const BODY = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 7 + (i >> 8)) & 255);
const SHA256 = createHash('sha256').update(BODY).digest('hex');
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${SHA256}\nsize ${BODY.length}\n`;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Serves the file with byte ranges, as object stores do. */
const whole: Handler = (request, response) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (start > 0)
    response.writeHead(206, { 'content-range': `bytes ${start}-${BODY.length - 1}/${BODY.length}`, 'content-length': BODY.length - start });
  else response.writeHead(200, { 'content-length': BODY.length });
  response.end(BODY.subarray(start));
};
/** Breaks off when the first part is on the client's disk. */
const breaksOff: Handler = (_, response) => {
  response.writeHead(200, { 'content-length': BODY.length });
  response.write(BODY.subarray(0, 50_000));
  const timer = setInterval(() => {
    if ((statSync(join(folder, 'cache', 'model.onnx.part'), { throwIfNoEntry: false })?.size ?? 0) < 50_000) return;
    clearInterval(timer);
    response.destroy();
  }, 5);
};
const HANDLERS: Readonly<Record<string, Handler>> = {
  '/whole': whole,
  '/no-ranges': (_, response) => response.writeHead(200, { 'content-length': BODY.length }).end(BODY),
  '/breaks-off': breaksOff,
  '/pointer': (_, response) => response.writeHead(200).end(POINTER),
  '/redirect': (_, response) => response.writeHead(302, { location: '/whole' }).end(),
  '/missing': (_, response) => response.writeHead(404).end('not here'),
  '/other': (_, response) => response.writeHead(200, { 'content-length': BODY.length }).end(BODY.map((value) => value ^ 1)),
  '/longer': (_, response) => response.writeHead(200).end(Buffer.concat([BODY, BODY])),
  '/short': (_, response) => response.writeHead(200, { 'content-length': 5000 }).end(BODY.subarray(0, 5000)),
  '/silent': () => {},
  '/stalls': (_, response) => {
    response.writeHead(200, { 'content-length': BODY.length });
    response.write(BODY.subarray(0, 1000));
  },
};

let server: Server;
let folder: string;
let base: string;
let requests: { readonly url: string; readonly range: string | undefined }[];

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', range: request.headers.range });
    (HANDLERS[request.url ?? ''] ?? HANDLERS['/missing'])?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = mkdtempSync(join(tmpdir(), 'hub-'));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const get = async (paths: readonly string[], options: DownloadOptions = {}): Promise<string> => {
  const target = join(folder, 'cache', 'model.onnx');
  const file: HubFile = {
    file: 'model.onnx',
    sha256: SHA256,
    bytes: BODY.length,
    urls: paths.map((path) => (path.startsWith('http') ? path : base + path)),
  };
  await download(file, target, { connectTimeout: 20_000, idleTimeout: 20_000, ...options });
  return target;
};

/** Long enough for a busy machine, short enough to wait for. */
const IMPATIENT: DownloadOptions = { connectTimeout: 1500, idleTimeout: 1500 };

const messageOf = async (paths: readonly string[], options: DownloadOptions = {}): Promise<string> => {
  try {
    await get(paths, options);
  } catch (error) {
    return error instanceof Error
      ? `${error.name}: ${error.message.replaceAll(base, 'http://host').replaceAll(folder, '<folder>')}`
      : 'thrown';
  }
  return 'no error';
};

const expectWhole = (target: string): void => {
  expect(Buffer.compare(readFileSync(target), BODY)).toBe(0);
  expect(existsSync(`${target}.part`)).toBe(false);
};

describe('download', () => {
  it('stores the file and reports progress', async () => {
    const progress: number[] = [];
    expectWhole(
      await get(['/whole'], { onProgress: ({ file, received, total }) => void (file === 'model.onnx' && progress.push(received / total)) }),
    );
    expect(progress.at(-1)).toBe(1);
    expect([...progress].sort((a, b) => a - b)).toEqual(progress);
  });

  it('does not ask again for a file that is there', async () => {
    await get(['/whole']);
    await get(['/whole']);
    expect(requests).toHaveLength(1);
  });

  it('fetches a file again that was damaged on disk', async () => {
    writeFileSync(await get(['/whole']), 'damaged');
    expectWhole(await get(['/whole']));
  });

  it('continues a download that broke off, at another address too', async () => {
    expectWhole(await get(['/breaks-off', '/whole']));
    expect(requests[1]?.range).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it('continues in a later run', async () => {
    expect(await messageOf(['/breaks-off'])).toContain('could not be downloaded');
    expect(existsSync(join(folder, 'cache', 'model.onnx.part'))).toBe(true);
    expectWhole(await get(['/whole']));
    expect(requests[1]?.range).toBeDefined();
  });

  it('starts again where a server does not know ranges', async () => {
    expectWhole(await get(['/breaks-off', '/no-ranges']));
  });

  it('starts again when what it continued was something else', async () => {
    await get(['/whole']);
    const target = join(folder, 'cache', 'model.onnx');
    rmSync(target);
    writeFileSync(`${target}.part`, 'the beginning of something else');
    expectWhole(await get(['/whole']));
  });

  it('follows redirects', async () => expectWhole(await get(['/redirect'])));

  it.each(['/missing', '/pointer', '/short', '/longer', '/other', '/silent', '/stalls', 'http://127.0.0.1:1/'])(
    'goes on to the next address after %s',
    async (path) => {
      expectWhole(await get([path, '/whole'], IMPATIENT));
    },
  );

  it('says what each address answered', async () => {
    expect(await messageOf(['/missing', '/pointer', '/short', '/silent', '/stalls'], IMPATIENT)).toMatchInlineSnapshot(`
      "FeaturescopeError: model.onnx could not be downloaded:
        http://host/missing: the server answered 404 Not Found
        http://host/pointer: the server has only a Git LFS pointer
        http://host/short: the server has 5000 bytes instead of 200000 bytes
        http://host/silent: no answer for 1.5 s
        http://host/stalls: the connection stalled for 1.5 s
      Check the network and run again (a download continues where it stopped), or put the file into a folder named after the model in the folder that FEATURESCOPE_MODELS names, or at <folder>/cache/model.onnx."
    `);
  });

  it('says when there is no connection', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    expect(await messageOf([`http://127.0.0.1:${port}/`])).toContain('the connection was refused');
  });

  it('removes a file that is not the published one', async () => {
    const other = createHash('sha256')
      .update(BODY.map((value) => value ^ 1))
      .digest('hex');
    expect(await messageOf(['/other'])).toBe(
      `FeaturescopeError: model.onnx is not the published file: its sha256 is ${other}, expected ${SHA256}. It was removed; nothing of it was used.`,
    );
    expect(existsSync(join(folder, 'cache', 'model.onnx.part'))).toBe(false);
    expect(existsSync(join(folder, 'cache', 'model.onnx'))).toBe(false);
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    const pending = get(['/silent', '/whole'], { signal: controller.signal, connectTimeout: 60_000 });
    setTimeout(() => controller.abort(), 50);
    await expect(pending).rejects.toThrow();
    expect(requests.map(({ url }) => url)).toEqual(['/silent']);
  });
});
