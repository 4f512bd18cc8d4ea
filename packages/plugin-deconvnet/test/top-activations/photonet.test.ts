import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, createRandom, decodeModelFile, encodeNpy, type Manifest, type RunEvent } from '@featurescope/core';
import { referenceForward } from '@featurescope/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../cli/src/api.js';
import { topActivations } from '../../src/top-activations/top-activations.js';
import type { Given } from './support/run.js';

const PICTURES = 24;
/** Few, since double precision takes its time. */
const FEW = 6;
const SHAPE = [32, 32, 3] as const;
const LENGTH = 32 * 32 * 3;

const weights = new URL('../../../models/weights/photonet/epoch-64.safetensors', import.meta.url);
const data = process.env['FEATURESCOPE_DATA'] ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const photos = join(data, 'cifar10-jpg-20k/cifar10-test-first100perclass.bin');
const missing = !existsSync(photos);
if (missing) console.warn(`skipped: there is no ${photos}; FEATURESCOPE_DATA names the folder that is looked into`);

/** Smooth pictures, so that units of all layers fire. */
const values = (() => {
  const random = createRandom('photonet');
  const waves = Array.from({ length: PICTURES * 3 }, () => [random.uniform(), random.uniform(), 6 * random.uniform()] as const);
  return Float32Array.from({ length: PICTURES * LENGTH }, (_, i) => {
    const [picture, y, x] = [Math.floor(i / LENGTH), Math.floor((i % LENGTH) / 96), Math.floor((i % 96) / 3)];
    const [fy, fx, phase] = waves[picture * 3 + (i % 3)] ?? [0, 0, 0];
    return 1.5 * Math.sin(fy * y + fx * x + phase);
  });
})();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'featurescope-'));
  writeFileSync(join(folder, 'batch.npy'), encodeNpy([PICTURES, ...SHAPE], values));
  writeFileSync(join(folder, 'few.npy'), encodeNpy([FEW, ...SHAPE], values.subarray(0, FEW * LENGTH)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const eventsOf = (config: Config): Promise<readonly RunEvent[]> =>
  new Promise((resolve, reject) => {
    const events: RunEvent[] = [];
    run(config, { cwd: folder }).subscribe({ next: (event) => events.push(event), error: reject, complete: () => resolve(events) });
  });

async function finished(out: string, given: Given, runtime: 'onnx' | 'wasm' = 'onnx', dataset = 'batch.npy'): Promise<readonly RunEvent[]> {
  const events = await eventsOf({ dataset, out, runtime, visualizers: [topActivations(given)] });
  const manifest = JSON.parse(readFileSync(join(folder, out, 'manifest.json'), 'utf8')) as Manifest;
  expect(manifest.runs.map(({ status, error }) => error ?? status)).toEqual(['done']);
  return events;
}

/** All files of the visualizer's folder but the state, which says how far it had come. */
const files = (out: string): Readonly<Record<string, string>> => {
  const path = join(folder, out, '01-top-activations');
  const names = readdirSync(path).filter((name) => !name.startsWith('state'));
  return Object.fromEntries(names.toSorted().map((name) => [name, readFileSync(join(path, name)).toString('base64')]));
};

const rowsOf = (out: string): readonly (readonly string[])[] => {
  const [, ...rows] = readFileSync(join(folder, out, '01-top-activations/top.csv'), 'utf8')
    .trimEnd()
    .split('\n');
  return rows.map((row) => row.split(','));
};

describe('top-activations of the bundled network', () => {
  const LAYERS = ['conv2_1', 'relu2_2', 'relu4_2'];

  const reference = (() => {
    const { network } = decodeModelFile(new Uint8Array(readFileSync(weights)), 'photonet');
    const input = { shape: [FEW, ...SHAPE] as const, data: Float64Array.from(values.subarray(0, FEW * LENGTH)) };
    return referenceForward(network, input, { wanted: LAYERS }).values;
  })();

  it.each(['onnx', 'wasm'] as const)('are what double precision finds, on %s', async (runtime) => {
    await finished(runtime, { layers: LAYERS, projections: false, top: 4 }, runtime, 'few.npy');
    const rows = rowsOf(runtime);
    let compared = 0;
    for (const layer of LAYERS) {
      const { shape, data: map } = reference.get(layer) ?? { shape: [0, 0, 0, 0], data: new Float64Array() };
      const [, height = 0, width = 0, channels = 0] = shape;
      const valueAt = (picture: number, y: number, x: number, unit: number) =>
        map[((picture * height + y) * width + x) * channels + unit] ?? Number.NaN;
      for (let unit = 0; unit < channels; unit++) {
        const strongest = Array.from({ length: FEW }, (_, picture) => {
          let best = Number.NEGATIVE_INFINITY;
          for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) best = Math.max(best, valueAt(picture, y, x, unit));
          return best;
        }).toSorted((a, b) => b - a);
        const found = rows.filter((row) => row[0] === layer && Number(row[1]) === unit);
        expect(found.map((row) => row[2])).toEqual(['1', '2', '3', '4']);
        for (const [i, [, , , input, y, x, value]] of found.entries()) {
          // Near-ties may change places, but not their values.
          expect(Math.abs(Number(value) - (strongest[i] ?? 0))).toBeLessThan(1e-4 * (1 + Math.abs(strongest[0] ?? 0)));
          expect(Math.abs(Number(value) - valueAt(Number(input), Number(y), Number(x), unit))).toBeLessThan(
            1e-4 * (1 + Math.abs(strongest[0] ?? 0)),
          );
          compared++;
        }
      }
    }
    expect(compared).toBe(rows.length);
  });

  it('merge from the folders of shards to the very files of one pass', async () => {
    const given = { layers: ['relu2_2', 'relu3_1'], units: [0, 1, 2, 30, 40], top: 4 };
    const events = await finished('whole', given);
    expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
    for (const i of [1, 2, 3]) await finished(`shard-${i}`, { ...given, shard: `${i}/3` });
    await finished('merged', { ...given, merge: ['shard-2', 'shard-3', 'shard-1'] });
    const [whole, merged] = [files('whole'), files('merged')];
    expect(Object.keys(merged)).toEqual(Object.keys(whole));
    const numbers = Object.keys(whole).filter((name) => /\.(csv|npy)$/.test(name));
    expect(numbers).toHaveLength(11);
    for (const name of numbers) expect(merged[name] === whole[name], name).toBe(true);
  });

  it('cannot be merged from a folder where nothing ran', async () => {
    const config = { dataset: 'batch.npy', out: 'nowhere', visualizers: [topActivations({ layers: ['relu1'], merge: ['empty'] })] };
    const events = await eventsOf(config);
    expect(events.find(({ type }) => type === 'visualizer-finished')).toMatchObject({
      status: 'failed',
      errorCategory: 'usage',
      error: expect.stringMatching(/There is no run in "empty"/),
    });
  });

  it.skipIf(missing)('are of photos that belong to one class, at the top of the network', async () => {
    await finished('photos', { layers: ['fc5'], projections: false }, 'onnx', photos);
    const rows = rowsOf('photos');
    expect(rows).toHaveLength(90);
    const classes = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];
    const right = rows.filter(([, unit, , input]) => input?.includes(`/${classes[Number(unit)]}/`));
    expect(right.length).toBeGreaterThan(80);
  });
});
