import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeNpy, encodeNpy } from '@featurescope/core';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { scene } from '../examples/visualizing-and-understanding/scenes.mjs';
import { main } from '../packages/cli/src/cli.js';
import { capturedIo } from '../packages/cli/test/support/captured-io.js';
import { temporaryFolder } from '../packages/cli/test/support/folder.js';
import { sharedModel } from '../packages/cli/test/support/shared-models.js';

const folder = temporaryFolder();

/** The input of squeezenet.json, which make_goldens.py makes in the same way. */
const SIDE = 227;
const pattern = Float32Array.from({ length: SIDE * SIDE * 3 }, (_, i) => 60 * Math.sin(i * 0.00371) + 40 * Math.cos(i * 0.613));

beforeAll(async () => {
  await sharp(Buffer.from(scene('deer', 3)))
    .flatten()
    .toFile(join(folder, 'deer.png'));
  writeFileSync(join(folder, 'pattern.npy'), encodeNpy([SIDE, SIDE, 3], pattern));
});

type Maps = Readonly<Record<'score-map' | 'activity-map' | 'class-map' | 'attribution', Float32Array>>;

let runs = 0;

/** What `occlusion` writes, and what it says about its passes. */
async function studied(args: readonly string[]): Promise<{ readonly maps: Maps; readonly said: string }> {
  const io = capturedIo(folder);
  const out = `out-${++runs}`;
  const code = await main(['occlusion', ...args, '--out', out, '--debug'], io);
  expect(code, io.err()).toBe(0);
  const results = join(folder, out, '01-occlusion');
  const map = (name: string): Float32Array => {
    const file = readdirSync(results).find((one) => one.startsWith(`${name}.`) && one.endsWith('.npy')) ?? '';
    return decodeNpy(new Uint8Array(readFileSync(join(results, file))), file).data;
  };
  const maps = {
    'score-map': map('score-map'),
    'activity-map': map('activity-map'),
    'class-map': map('class-map'),
    attribution: map('attribution'),
  };
  return { maps, said: io.err() + io.out() };
}

const largest = (numbers: ArrayLike<number>): number => Array.from(numbers).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const difference = (a: Float32Array, b: Float32Array): number => largest(Array.from(a, (value, i) => value - (b[i] ?? Number.NaN)));

/** Equal classes, but where the scores of the two differ by no more than rounding: then either may be the larger one. */
async function classesAgree(found: Maps, expected: Maps, args: readonly string[], tolerance: number): Promise<void> {
  for (const [position, one] of found['class-map'].entries()) {
    const other = expected['class-map'][position] ?? Number.NaN;
    if (one === other) continue;
    const scores = await Promise.all(
      [one, other].map(async (index) => (await studied([...args, '--class', `${index}`])).maps['score-map']),
    );
    const [a = Number.NaN, b = Number.NaN] = scores.map((map) => map[position] ?? Number.NaN);
    expect(Math.abs(a - b), `${one} or ${other} at ${position}`).toBeLessThan(2 * tolerance);
  }
}

async function agree(found: Maps, expected: Maps, args: readonly string[]): Promise<void> {
  const scale = largest(expected['score-map']);
  const names = ['score-map', 'activity-map'] as const;
  for (const name of names) {
    expect(found[name], name).toHaveLength(expected[name].length);
    expect(difference(found[name], expected[name]), name).toBeLessThanOrEqual(1e-5 * largest(expected[name]));
  }
  // A difference of two scores, each of which is right to 1e-5.
  expect(difference(found.attribution, expected.attribution)).toBeLessThanOrEqual(2e-5 * scale);
  expect(found['class-map']).toHaveLength(expected['class-map'].length);
  await classesAgree(found, expected, args, 1e-5 * scale);
}

const squeezenet = sharedModel('squeezenet1.0/squeezenet1.0.onnx');

describe.each([
  ['photonet', 'photonet', ['deer.png', '--window', '6', '--stride', '3']],
  [
    'photonet, in noise, with a window that is no square',
    'photonet',
    ['deer.png', '--window', '5,9', '--stride', '4,6', '--baseline', 'noise'],
  ],
  ['SqueezeNet', squeezenet, ['pattern.npy', '--window', '32', '--stride', '39']],
])('occlusion of %s', (_, model, flags) => {
  it.skipIf(model === undefined)('is the same whether passes are incremental, in batches or one by one', { timeout: 120_000 }, async () => {
    const args = [...flags, '--model', model ?? '', '--runtime', 'onnx'];
    const incremental = await studied(args);
    expect(incremental.said).toContain('incremental passes');
    expect(new Set(incremental.maps['score-map']).size).toBeGreaterThan(10);
    const batched = await studied([...args, '--no-incremental']);
    expect(batched.said).toContain('batched passes');
    await agree(incremental.maps, batched.maps, args);
    const single = await studied([...args, '--batch-size', '1']);
    await agree(single.maps, batched.maps, args);
  });
});

describe('occlusion of photonet', () => {
  it.each(['wasm', 'cpu'])('is the same on %s as on onnx', async (runtime) => {
    const args = ['deer.png', '--window', '8', '--stride', '6'];
    const reference = await studied([...args, '--runtime', 'onnx']);
    const { maps, said } = await studied([...args, '--runtime', runtime]);
    expect(said).toContain('batched passes');
    await agree(maps, reference.maps, [...args, '--runtime', runtime]);
  });
});
