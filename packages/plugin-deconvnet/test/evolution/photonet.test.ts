import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, createRandom, decodeModelFile, decodeNpy, encodeNpy, type Manifest, type RunEvent } from '@featurescope/core';
import { referenceForward } from '@featurescope/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../cli/src/api.js';
import { evolution } from '../../src/evolution/evolution.js';
import type { Given } from './support/training.js';

/** Few, since double precision takes its time. */
const PICTURES = 3;
const SHAPE = [PICTURES, 32, 32, 3] as const;
const EPOCHS = [1, 2, 5, 10, 20, 30, 40, 64];

const weights = fileURLToPath(new URL('../../../models/weights/photonet/', import.meta.url));
const data = process.env['FEATURESCOPE_DATA'] ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const photos = join(data, 'cifar10-jpg-20k/cifar10-test-first100perclass.bin');
const missing = !existsSync(photos);
if (missing) console.warn(`skipped: there is no ${photos}; FEATURESCOPE_DATA names the folder that is looked into`);

const random = createRandom('evolution');
const values = Float32Array.from(
  { length: PICTURES * 32 * 32 * 3 },
  (_, i) => 1.5 * Math.sin(i / (5 + Math.floor(i / 3072))) + random.uniform(),
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'featurescope-'));
  writeFileSync(join(folder, 'batch.npy'), encodeNpy(SHAPE, values));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function finished(out: string, given: Given, change: Partial<Config> = {}): Promise<readonly (readonly string[])[]> {
  const config: Config = { dataset: 'batch.npy', out, visualizers: [evolution(given)], ...change };
  const events: RunEvent[] = [];
  await new Promise<void>((resolve, reject) => {
    run(config, { cwd: folder }).subscribe({ next: (event) => void events.push(event), error: reject, complete: resolve });
  });
  const manifest = JSON.parse(readFileSync(join(folder, out, 'manifest.json'), 'utf8')) as Manifest;
  expect(manifest.runs.map(({ status, error }) => error ?? status)).toEqual(['done']);
  expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
  return rowsOf(out, 'evolution');
}

function rowsOf(out: string, table: string): readonly (readonly string[])[] {
  const [, ...rows] = readFileSync(join(folder, out, '01-evolution', `${table}.csv`), 'utf8')
    .trimEnd()
    .split('\n');
  return rows.map((row) => row.split(','));
}

describe('evolution of the bundled network', () => {
  const UNITS = [0, 7, 31];

  const LAYERS = ['relu1', 'conv3_1'];

  const reference = (() => {
    const input = { shape: SHAPE, data: Float64Array.from(values) };
    const maps = [2, 40].map((epoch) => {
      const file = join(weights, `epoch-${String(epoch).padStart(2, '0')}.safetensors`);
      const { network } = decodeModelFile(new Uint8Array(readFileSync(file)), file);
      return [String(epoch), referenceForward(network, input, { wanted: LAYERS }).values] as const;
    });
    return new Map(maps);
  })();

  it.each(['onnx', 'wasm'] as const)('is what double precision finds, on %s', async (runtime) => {
    const rows = await finished(runtime, { layers: LAYERS, units: UNITS }, { runtime });
    const names = EPOCHS.map((epoch) => `photonet@${epoch}`);
    expect(rows.map(([, , checkpoint]) => checkpoint)).toEqual(Array.from({ length: LAYERS.length * UNITS.length }, () => names).flat());
    let compared = 0;
    for (const [layer = '', unit, checkpoint = '', input, y, x, value] of rows) {
      const map = reference.get(checkpoint.replace('photonet@', ''))?.get(layer);
      if (!map) continue;
      const [, height = 0, width = 0, channels = 0] = map.shape;
      let best = Number.NEGATIVE_INFINITY;
      for (let i = Number(unit); i < map.data.length; i += channels) best = Math.max(best, map.data[i] ?? 0);
      const found = map.data[((Number(input) * height + Number(y)) * width + Number(x)) * channels + Number(unit)] ?? Number.NaN;
      // Near-ties may change places, but not their values.
      expect(Math.abs(Number(value) - best)).toBeLessThan(1e-4 * (1 + Math.abs(best)));
      expect(Math.abs(found - best)).toBeLessThan(1e-4 * (1 + Math.abs(best)));
      compared++;
    }
    expect(compared).toBe(2 * LAYERS.length * UNITS.length);
    const npy = decodeNpy(new Uint8Array(readFileSync(join(folder, runtime, '01-evolution/projection.relu1.u7.npy'))), 'projection');
    expect(npy.shape).toEqual([EPOCHS.length, 5, 5, 3]);
  });

  it('is the same from a folder and a glob of the files as from the names', async () => {
    mkdirSync(join(folder, 'training'));
    for (const name of readdirSync(weights).filter((one) => one.endsWith('.safetensors')))
      cpSync(join(weights, name), join(folder, 'training', name.replace('epoch-0', 'epoch-')));
    writeFileSync(join(folder, 'training/state.safetensors'), 'not a model');
    const given = { layers: ['relu2_2'], units: UNITS, tensors: false };
    const renamed = (rows: readonly (readonly string[])[]) => rows.map((row) => row.map((cell) => cell.replace('photonet@', 'epoch-')));
    const named = renamed(await finished('named', { ...given, checkpoints: ['photonet@all'] }));
    expect(named).toHaveLength(UNITS.length * EPOCHS.length);
    expect(await finished('folder', { ...given, checkpoints: ['training'] })).toEqual(named);
    expect(await finished('glob', { ...given, checkpoints: ['training/epoch-*.safetensors'] })).toEqual(named);
    const images = readdirSync(join(folder, 'folder/01-evolution')).filter((name) => name.endsWith('.png'));
    expect(images).toEqual(['grid.relu2_2.png']);
  });

  it.skipIf(missing)('shows that lower layers settle before upper ones on photos', async () => {
    await finished('photos', { layers: ['relu1', 'relu4_2'], tensors: false }, { dataset: photos });
    const settled = rowsOf('photos', 'settled');
    const mean = (layer: string): number => {
      const at = settled.filter((row) => row[0] === layer).map((row) => EPOCHS.indexOf(Number(row[2]?.replace('photonet@', ''))));
      return at.reduce((sum, one) => sum + one, 0) / at.length;
    };
    expect(settled).toHaveLength(32 + 192);
    expect(mean('relu1')).toBeLessThan(mean('relu4_2') - 1);
  });
});
