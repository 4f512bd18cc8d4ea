import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BackwardPolicy, DECONVNET, decodeNpy, encodeNpy, GUIDED, strongestUnit, type Unit } from '@featurescope/core';
import { referenceBackward, referenceForward, termSeeds, tinyNetwork } from '@featurescope/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../packages/cli/src/cli.js';
import { capturedIo } from '../packages/cli/test/support/captured-io.js';
import { tinyModelFile } from '../packages/cli/test/support/model.js';
import { sharedModel } from '../packages/cli/test/support/shared-models.js';

const SHAPE = [23, 37, 3] as const;
const values = Float32Array.from({ length: 23 * 37 * 3 }, (_, i) => Math.sin(i * 0.37) + 0.3 * Math.cos(i * 1.9));

/** The input of squeezenet.json, which make_goldens.py makes in the same way. */
const SIDE = 227;
const pattern = Float32Array.from({ length: SIDE * SIDE * 3 }, (_, i) => 60 * Math.sin(i * 0.00371) + 40 * Math.cos(i * 0.613));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'featurescope-'));
  writeFileSync(join(folder, 'array.npy'), encodeNpy(SHAPE, values));
  writeFileSync(join(folder, 'pattern.npy'), encodeNpy([SIDE, SIDE, 3], pattern));
  writeFileSync(join(folder, 'tiny.safetensors'), tinyModelFile());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The attribution that a command writes. */
async function attribution(args: readonly string[]): Promise<Float32Array> {
  const io = capturedIo(folder);
  const out = `out-${args.join('-').replace(/[^a-z0-9]+/g, '-')}`;
  const code = await main([...args, '--out', out, '--quiet'], io);
  expect(io.err()).toBe('');
  expect(code).toBe(0);
  const results = join(folder, out, `01-${args[0]}`);
  const file = readdirSync(results).find((name) => name.startsWith('attribution') && name.endsWith('.npy')) ?? '';
  return decodeNpy(new Uint8Array(readFileSync(join(results, file))), file).data;
}

/** The same in double precision, layer by layer in plain loops. */
function expected(policy: BackwardPolicy, layer: string, unit: Unit): Float64Array {
  const pass = referenceForward(tinyNetwork(), { shape: [1, ...SHAPE], data: Float64Array.from(values) }, { wanted: [layer] });
  const seeds = termSeeds(pass, [{ layer, form: 'squares', units: [unit], weight: 0.5 }]);
  return Float64Array.from(referenceBackward(pass, seeds, policy).data);
}

/** Where a map of the tiny network is largest. */
function strongestOf(layer: string, channel: number): readonly [number, number] {
  const pass = referenceForward(tinyNetwork(), { shape: [1, ...SHAPE], data: Float64Array.from(values) }, { wanted: [layer] });
  const { shape, data } = pass.values.get(layer) ?? { shape: [1, 1, 1, 1], data: new Float64Array() };
  const [, height, width, channels] = shape;
  return strongestUnit(data, [height, width, channels], { unit: channel }).at;
}

const largest = (numbers: ArrayLike<number>): number => Array.from(numbers).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function agrees(data: ArrayLike<number>, reference: ArrayLike<number>, tolerance: number, scale = largest(reference)): void {
  expect(data).toHaveLength(reference.length);
  const worst = largest(Array.from(data, (value, i) => value - (reference[i] ?? Number.NaN)));
  expect(worst).toBeLessThanOrEqual(tolerance * scale);
}

const RUNTIMES = ['auto', 'onnx', 'wasm', 'cpu'];

describe('projections of an array, against double precision', () => {
  const all: BackwardPolicy = { name: 'all', relu: { forwardMask: true, rectifySignal: true }, maxPool: 'all', lrn: 'gradient' };
  const methods = [
    ['deconvnet', DECONVNET, []],
    ['guided-backprop', GUIDED, []],
    ['backward', all, ['--rectify-signal', '--max-pool', 'all']],
  ] as const;
  const unit = { channel: 3, at: strongestOf('relu2', 3) } as const;
  it.each(RUNTIMES.flatMap((runtime) => methods.map(([method, policy, flags]) => [runtime, method, policy, flags] as const)))(
    'on %s: %s of a unit and of a whole map, with their activations',
    async (runtime, method, policy, flags) => {
      const model = [
        'array.npy',
        ...flags,
        '--model',
        'tiny.safetensors',
        '--runtime',
        runtime,
        '--signal',
        'activation',
        '--layer',
        'relu2',
      ];
      const one = expected(policy, 'relu2', unit);
      expect(largest(one)).toBeGreaterThan(0);
      agrees(await attribution([method, ...model, '--unit', '3', '--at', unit.at.join()]), one, 1e-4);
      agrees(await attribution([method, ...model, '--unit', '3', '--whole-map']), expected(policy, 'relu2', { channel: 3 }), 1e-4);
    },
  );
});

describe('attributions of an array', () => {
  it.each([
    ['integrated-gradients', '--steps', '5', '--batch-size', '2'],
    ['grad-cam', '--layer', 'relu2'],
    ['guided-grad-cam', '--no-relu', '--layer', 'relu2'],
    ['smooth-grad', '--method', 'integrated-gradients', '--method-options', 'steps=3', '--samples', '2'],
  ])('are the same on every runtime: %s', async (...args) => {
    const run = (runtime: string) =>
      attribution([...args.slice(0, 1), 'array.npy', ...args.slice(1), '--model', 'tiny.safetensors', '--runtime', runtime]);
    const reference = await run('cpu');
    expect(largest(reference)).toBeGreaterThan(0);
    for (const runtime of ['onnx', 'wasm']) agrees(await run(runtime), reference, 1e-4);
  });
});

type Golden = Readonly<Record<string, { readonly norm: number; readonly places: readonly number[]; readonly values: readonly number[] }>>;
const goldens = new URL('../packages/plugin-deconvnet/test/goldens/squeezenet.json', import.meta.url);
const file = sharedModel('squeezenet1.0/squeezenet1.0.onnx');

describe.skipIf(!file)('SqueezeNet, as PyTorch has it', () => {
  const golden: Golden = JSON.parse(readFileSync(goldens, 'utf8'));
  const target = ['--layer', 'pool10', '--unit', '285'];
  const unit = ['--layer', 'fire4/concat', '--unit', '5', '--at', '20,30', '--signal', 'activation'];
  const cases = [
    ...['gradient', 'deconvnet', 'guided-backprop'].flatMap((method) => [
      [method, method, target] as const,
      [`${method} of a unit`, method, unit] as const,
      [`${method} of a class map`, method, ['--layer', 'relu_conv10', '--unit', '285']] as const,
    ]),
    ['gradient-times-input', 'gradient-times-input', target],
    ['integrated-gradients', 'integrated-gradients', [...target, '--steps', '10']],
    ['grad-cam', 'grad-cam', ['--class', '285', '--layer', 'fire9/concat']],
    ['guided-grad-cam', 'guided-grad-cam', ['--class', '285', '--layer', 'fire9/concat']],
  ] as const;
  it.each(['onnx', 'wasm'].flatMap((runtime) => cases.map(([name, method, flags]) => [runtime, name, method, flags] as const)))(
    'on %s: %s',
    async (runtime, name, method, flags) => {
      const { norm, places, values: numbers } = golden[name] ?? { norm: Number.NaN, places: [], values: [] };
      const data = await attribution([method, 'pattern.npy', ...flags, '--model', file ?? '', '--runtime', runtime]);
      agrees(
        places.map((place) => data[place] ?? Number.NaN),
        numbers,
        1e-3,
      );
      expect(Math.abs(Math.sqrt(data.reduce((sum, value) => sum + value * value, 0)) - norm)).toBeLessThanOrEqual(1e-3 * norm);
    },
  );
});
