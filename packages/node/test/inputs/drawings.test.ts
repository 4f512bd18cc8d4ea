import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { InputSpec } from '@featurescope/core';
import { setBackend } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { fileInputLoader, sharpCodec } from '../../src/index.js';
import { temporaryFolder } from '../folder.js';

const root = await temporaryFolder();
const warnings: string[] = [];
const load = (...given: string[]) => fileInputLoader(sharpCodec, root, (message) => warnings.push(message)).load(given);
const line = (...xs: number[]) => JSON.stringify({ drawing: [[xs, xs.map((x) => x / 2)]] });
const SVG = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80" width="80" height="80">\n${inner}\n</svg>`;
const PATHS = '<g fill="none" stroke="red" stroke-width="4"><path d="M10 40 L70 40"/><path d="M10 60 L70 60"/></g>';

const six: InputSpec = { size: [40, 40], channels: 6, fixedSize: false };
const sketch: InputSpec = {
  ...six,
  channels: 1,
  preprocessing: { channelOrder: 'grey', scale: 1 / 255, mean: [0], std: [1], invert: true },
};
const photo: InputSpec = { ...six, channels: 3 };

beforeAll(async () => {
  await setBackend('cpu');
  await writeFile(join(root, 'cat.ndjson'), [line(0, 10), 'broken', '', line(0, 20, 30)].join('\n'));
  await writeFile(join(root, 'dog.ndjson.gz'), gzipSync(`${line(1, 2)}\n${line(3, 4)}\n`));
  await writeFile(join(root, 'bad.ndjson'), '{}\n');
  await writeFile(join(root, 'lines.svg'), SVG(PATHS));
  await writeFile(join(root, 'filled.svg'), SVG('<rect width="40" height="80" fill="blue"/>'));
  await writeFile(join(root, 'torn.svg'), SVG(PATHS).slice(0, -30));
});

describe('lines of files', () => {
  it('are named from 1, as editors count', async () => {
    const [input] = await load('cat.ndjson#4');
    expect(input).toMatchObject({ name: 'cat-4', source: 'cat.ndjson#4', raw: false });
    expect((await input?.drawing?.())?.strokes[0]?.x).toHaveLength(3);
    expect((await load('dog.ndjson.gz#2')).map(({ name }) => name)).toEqual(['dog-2']);
  });

  it('are all taken when the file is named, or a pattern ends as it does; broken ones are told of', async () => {
    expect((await load('cat.ndjson')).map(({ source }) => source)).toEqual(['cat.ndjson#1', 'cat.ndjson#4']);
    expect(warnings.splice(0)).toEqual(['1 of 3 lines of "cat.ndjson" is no drawing and is passed over (line 2: it is not JSON).']);
    expect((await load('?at.ndjson')).map(({ name }) => name)).toEqual(['cat-1', 'cat-4']);
    expect((await load('lines.*', 'cat.ndjson#1')).map(({ name }) => name)).toEqual(['lines', 'cat-1']);
  });

  it.each([
    ['cat.ndjson#2', 'drawing/bad-line', 'Line 2 of "cat.ndjson" is no drawing: it is not JSON.'],
    ['cat.ndjson#9', 'drawing/no-such-line', '"cat.ndjson" has no line 9. It has 4 lines'],
    ['cat.ndjson#3', 'drawing/no-such-line', '"cat.ndjson" has no line 3'],
    ['cat.ndjson#0', 'drawing/no-such-line', 'lines are counted from 1'],
    ['bad.ndjson', 'drawing/none', 'line 1: it has no "drawing"'],
    ['cats.ndjson#1', 'input/missing', 'Did you mean "cat.ndjson"'],
    ['torn.svg', 'drawing/bad-svg', '"torn.svg" cannot be read as a drawing: line 2'],
  ])('%s: %s', async (given, code, message) => {
    const failed = await load(given).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code, category: 'usage' });
    expect(String(failed)).toContain(message);
  });
});

describe('what networks see', () => {
  const shapeAndInk = async (given: string, spec: InputSpec) => {
    const [input] = await load(given);
    const values = await input?.values?.(spec);
    const tensor = await input?.tensor(spec);
    expect(tensor?.shape).toEqual(values?.shape);
    tensor?.dispose();
    return { shape: values?.shape, data: values?.data ?? new Float32Array() };
  };

  it('of a drawing is its channels, white lines on black, or black lines on white', async () => {
    expect((await shapeAndInk('cat.ndjson#1', six)).shape).toEqual([1, 40, 40, 6]);
    const dark = await shapeAndInk('cat.ndjson#1', sketch);
    expect([dark.shape, dark.data[0], Math.max(...dark.data)]).toEqual([[1, 40, 40, 1], 0, 1]);
    const light = await shapeAndInk('cat.ndjson#1', photo);
    expect([light.shape, light.data[0], Math.min(...light.data)]).toEqual([[1, 40, 40, 3], 255, 0]);
  });

  it('of an SVG is the picture to a photo network, and its strokes to one of drawings', async () => {
    const coloured = await shapeAndInk('lines.svg', photo);
    const at = (20 * 40 + 20) * 3;
    expect([...coloured.data.subarray(at, at + 3)].map((value) => value > 128)).toEqual([true, false, false]);
    const strokes = await shapeAndInk('lines.svg', sketch);
    expect(strokes.data[20 * 40 + 20]).toBeCloseTo(0.75, 2);
    const channels = await shapeAndInk('lines.svg', six);
    expect([...channels.data.subarray((20 * 40 + 20) * 6, (20 * 40 + 21) * 6)].map(Math.sign)).toEqual([0, 1, 0, 1, 1, 1]);
  });

  it('of an SVG that is no drawing is the picture, where it can be one', async () => {
    expect((await shapeAndInk('filled.svg', photo)).data.subarray(0, 3)).toEqual(Float32Array.of(0, 0, 255));
    expect((await shapeAndInk('filled.svg', sketch)).shape).toEqual([1, 40, 40, 1]);
    await expect(shapeAndInk('filled.svg', six)).rejects.toThrow('<rect> is no stroke');
  });
});
