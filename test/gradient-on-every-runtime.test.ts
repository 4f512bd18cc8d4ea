import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeModelFile, decodeNpy, encodeNpy, GRADIENT, type Network } from '@featurescope/core';
import { referenceBackward, referenceForward, termSeeds, tinyNetwork } from '@featurescope/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../packages/cli/src/cli.js';
import { capturedIo } from '../packages/cli/test/support/captured-io.js';
import { tinyModelFile } from '../packages/cli/test/support/model.js';

/** An array with another size than the network's, and neither square nor even. */
const SHAPE = [23, 37, 3] as const;
const values = Float32Array.from({ length: 23 * 37 * 3 }, (_, i) => Math.sin(i * 0.37) + 0.3 * Math.cos(i * 1.9));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'featurescope-'));
  writeFileSync(join(folder, 'array.npy'), encodeNpy(SHAPE, values));
  writeFileSync(join(folder, 'tiny.safetensors'), tinyModelFile());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The attribution that the command writes. */
async function attribution(runtime: string, out: string, target: readonly string[]): Promise<Float32Array> {
  const io = capturedIo(folder);
  const code = await main(['gradient', 'array.npy', ...target, '--runtime', runtime, '--out', out, '--quiet'], io);
  expect(io.err()).toBe('');
  expect(code).toBe(0);
  const file = readdirSync(join(folder, out, '01-gradient')).find((name) => name.endsWith('.npy')) ?? '';
  const { shape, data } = decodeNpy(new Uint8Array(readFileSync(join(folder, out, '01-gradient', file))), file);
  expect(shape).toEqual([...SHAPE]);
  return data;
}

/** The same in double precision, layer by layer in plain loops. */
function expected(network: Network, layer: string, channel: number): Float64Array {
  const pass = referenceForward(network, { shape: [1, ...SHAPE], data: Float64Array.from(values) }, { wanted: [layer] });
  return Float64Array.from(
    referenceBackward(pass, termSeeds(pass, [{ layer, form: 'sum', units: [{ channel }], weight: 1 }]), GRADIENT).data,
  );
}

function agrees(data: Float32Array, reference: Float64Array): void {
  const scale = reference.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  expect(scale).toBeGreaterThan(0);
  const worst = data.reduce((max, value, i) => Math.max(max, Math.abs(value - (reference[i] ?? 0))), 0);
  expect(worst / scale).toBeLessThan(1e-4);
}

const RUNTIMES = ['auto', 'onnx', 'wasm', 'cpu'];

describe('gradient of an array, against double precision', () => {
  it.each(RUNTIMES)('on %s: a class of the tiny network', async (runtime) => {
    agrees(
      await attribution(runtime, `tiny-${runtime}`, ['--model', 'tiny.safetensors', '--class', '2']),
      expected(tinyNetwork(), 'fc3', 2),
    );
  });

  it.each(RUNTIMES)('on %s: a class of the bundled network', async (runtime) => {
    const weights = new URL('../packages/models/weights/photonet/', import.meta.url);
    const last =
      readdirSync(weights)
        .filter((name) => name.endsWith('.safetensors'))
        .sort()
        .at(-1) ?? '';
    const { network } = decodeModelFile(new Uint8Array(readFileSync(new URL(last, weights))), last);
    agrees(await attribution(runtime, `photonet-${runtime}`, ['--class', 'ship']), expected(network, 'fc5', 8));
  });
});
