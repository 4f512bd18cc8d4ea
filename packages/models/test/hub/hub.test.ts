import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeModel, floatTensor, node, valueInfo } from '@featurescope/onnx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listModels, locateModel, readModel } from '../../src/index.js';
import { memoryLog, modelLoader } from '../loader/services.js';

const FILES: Readonly<Record<string, Uint8Array>> = {
  'tiny.onnx': encodeModel({
    irVersion: 7,
    opsetImport: [{ domain: '', version: 13 }],
    graph: {
      node: [node('Conv', ['x', 'w'], ['conv']), node('GlobalAveragePool', ['conv'], ['pool'])],
      initializer: [floatTensor('w', [2, 3, 1, 1], Float32Array.of(1, 2, 3, 4, 5, 6))],
      input: [valueInfo('x', 1, [1, 3, 8, 8])],
      output: [valueInfo('pool', 1, [1, 2, 1, 1])],
    },
  }),
  'synset.txt': new TextEncoder().encode('n01440764 tench, Tinca tinca\nn01443537 goldfish\n'),
};

const folder = mkdtempSync(join(tmpdir(), 'hub-'));
const manifest = join(folder, 'manifest.json');
const env = { FEATURESCOPE_HOME: join(folder, 'home') };
let server: Server;
let requests = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    requests += 1;
    const body = FILES[(request.url ?? '').slice(1)];
    response.writeHead(body ? 200 : 404, { 'content-length': body?.length ?? 0 }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const file = (name: string) => {
    const bytes = FILES[name] ?? new Uint8Array();
    return {
      file: name,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
      urls: [`${base}/gone`, `${base}/${name}`],
    };
  };
  const entry = { format: 'onnx', licence: 'MIT', summary: 'A test', size: [8, 8] };
  const preprocessing = { channelOrder: 'bgr', scale: 1, mean: [1, 2, 3], std: [1, 1, 1] };
  const models = [
    { ...entry, name: 'tiny', model: file('tiny.onnx'), labels: file('synset.txt'), preprocessing },
    { ...entry, name: 'bare', model: file('tiny.onnx'), labels: ['a', 'b'], note: 'No preprocessing is known.' },
  ];
  writeFileSync(manifest, JSON.stringify({ formatVersion: 1, notice: '', models }));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

describe('a hub model', () => {
  const options = { env, manifest, weightsFolder: folder };

  it('is downloaded on first use, with its labels and preprocessing', async () => {
    expect((await listModels(options)).find(({ name }) => name === 'tiny')).toMatchObject({ origin: 'hub', present: false });
    const located = await locateModel('tiny', options);
    expect(located).toMatchObject({ name: 'tiny', origin: 'hub', path: join(folder, 'home/hub/tiny/tiny.onnx') });
    const { input, labels } = await readModel(located);
    expect(input).toMatchObject({ size: [8, 8], preprocessing: { channelOrder: 'bgr', mean: [1, 2, 3] } });
    expect(labels).toEqual(['tench, Tinca tinca', 'goldfish']);
    expect((await listModels(options)).find(({ name }) => name === 'tiny')).toMatchObject({ present: true });
  });

  it('comes from the cache afterwards', async () => {
    const before = requests;
    await locateModel('tiny', options);
    expect(requests).toBe(before);
  });

  it('is loaded with a line for the download and one for what is not known', async () => {
    const log = memoryLog();
    const model = await modelLoader(options, log).load('bare');
    expect(model.labels).toEqual(['a', 'b']);
    expect(log.lines[0]).toMatch(/^downloading tiny\.onnx: /);
    expect(log.lines).toContain('bare: No preprocessing is known.');
    model.dispose();
  });
});
