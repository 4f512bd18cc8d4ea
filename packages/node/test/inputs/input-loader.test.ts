import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeNpy, type InputSpec, resizePlan } from '@featurescope/core';
import { memory, setBackend } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { fileInputLoader, sharpCodec } from '../../src/index.js';
import { temporaryFolder } from '../folder.js';
import { gradient, picture } from '../pictures.js';

const root = await temporaryFolder();
const load = (...patterns: string[]) => fileInputLoader(sharpCodec, root).load(patterns);
const put = async (path: string, bytes: Uint8Array | string): Promise<void> => {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), bytes);
};
const names = async (...patterns: string[]) => (await load(...patterns)).map((input) => input.name);
const bare = (channels: number): InputSpec => ({ size: [4, 6], channels, fixedSize: false });

beforeAll(async () => {
  await setBackend('cpu');
  const png = await sharpCodec.encodePng(gradient(12, 8));
  for (const path of ['photos/b.png', 'photos/a.png', 'photos/C.png', 'photos/deep/a.png', 'odd/[1].png', 'odd/a b*.png', 'odd/<b>.png'])
    await put(path, png);
  await put(
    'photos/map.npy',
    encodeNpy(
      [2, 3, 3],
      Float32Array.from({ length: 18 }, (_, i) => i - 9.5),
    ),
  );
  await put('photos/README.md', 'text');
  await put('photos/.hidden.png', 'not a picture');
  await put('torn/whole.png', png);
  await put('torn/torn.png', png.subarray(0, png.length - 40));
  await put('texts/notes.txt', 'text');
  await mkdir(join(root, 'empty'));
});

describe('expansion', () => {
  it('takes the pictures and arrays of a folder by name', async () => {
    expect(await names('photos')).toEqual(['C', 'a', 'b', 'map']);
    expect((await load('photos/')).map((input) => input.source)).toEqual([
      'photos/C.png',
      'photos/a.png',
      'photos/b.png',
      'photos/map.npy',
    ]);
  });

  it('takes patterns, each file once, and makes names unique', async () => {
    expect(await names('photos/b.png', 'photos/**/*')).toEqual(['b', 'C', 'a', 'a-2', 'map']);
    expect(await names('photos/{b,a}.png')).toEqual(['a', 'b']);
  });

  it('takes a file whose name looks like a pattern as the file', async () => {
    expect(await names('odd/[1].png', 'odd/a b*.png', 'odd/<b>.png')).toEqual(['1', 'a-b', 'b']);
  });

  it('keeps what the user gave as the source', async () => {
    const [absolute] = await load(join(root, 'photos/a.png'));
    expect(absolute).toMatchObject({ source: join(root, 'photos/a.png'), raw: false, size: [8, 12] });
  });
});

describe('what cannot be used', () => {
  it.each([
    [
      'photos/aa.png',
      'input/missing',
      'There is no input "photos/aa.png". Expected a picture (PNG, JPEG, WebP, GIF, TIFF, AVIF, SVG), an array (.npy), a drawing (.svg, or a line of an .ndjson file such as "cat.ndjson#12"), a folder or a pattern such as "photos/*.jpg". Did you mean "photos/a.png"',
    ],
    ['photos/*.jpg', 'input/empty-pattern', 'The pattern "photos/*.jpg" matches no file.'],
    ['photos/*.md', 'input/empty-pattern', 'matches one file, but no picture and no array'],
    ['empty', 'input/empty-folder', 'The folder "empty" has no picture and no array (.npy) in it.'],
    ['.', 'input/empty-folder', 'It has folders: for what is in them, give "./*/*".'],
    ['texts/notes.txt', 'picture/unreadable', '"texts/notes.txt" cannot be read as a picture'],
    ['torn', 'picture/unreadable', '"torn/torn.png" cannot be read as a picture'],
    ['', 'input/missing', 'There is no input "".'],
    ['loop.png', 'input/missing', 'There is no input "loop.png".'],
  ])('%s: %s', async (given, code, message) => {
    if (given === 'loop.png') await symlink('loop.png', join(root, 'loop.png'));
    const failed = await load(given).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code, category: 'usage' });
    expect(String(failed)).toContain(message);
  });
});

describe('arrays', () => {
  it('are fed as they are, whatever size is wanted', async () => {
    const [input] = await load('photos/map.npy');
    expect(input).toMatchObject({ raw: true, size: [2, 3] });
    const tensor = await input?.tensor(
      { ...bare(3), preprocessing: { channelOrder: 'bgr', scale: 2, mean: [1, 1, 1], std: [1, 1, 1] } },
      'model',
    );
    expect(tensor?.shape).toEqual([1, 2, 3, 3]);
    expect([...(tensor?.dataSync() ?? [])]).toEqual(Array.from({ length: 18 }, (_, i) => i - 9.5));
    tensor?.dispose();
    expect(memory().numTensors).toBe(0);
  });

  it('of rank 2 have one channel', async () => {
    await put('arrays/flat.npy', encodeNpy([2, 2], Float32Array.of(1, 2, 3, 4)));
    const [input] = await load('arrays/flat.npy');
    const tensor = await input?.tensor(bare(1));
    expect(tensor?.shape).toEqual([1, 2, 2, 1]);
    tensor?.dispose();
    await expect(input?.tensor(bare(3))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The array arrays/flat.npy of shape [2, 2, 1] has 1 channel; the network takes 3. Expected the shape [height, width, 3].]`,
    );
  });

  it.each([[[4]], [[1, 2, 2, 1]], [[]]])('of shape %j are refused', async (shape) => {
    await put('arrays/odd.npy', encodeNpy(shape, new Float32Array(shape.reduce((a, b) => a * b, 1))));
    await expect(load('arrays/odd.npy')).rejects.toMatchObject({ code: 'input/bad-rank', category: 'usage' });
  });

  it.each([
    ['empty', encodeNpy([0, 3], new Float32Array(0))],
    ['not finite', encodeNpy([1, 2], Float32Array.of(1, Number.NaN))],
    ['torn', encodeNpy([1, 2], Float32Array.of(1, 2)).subarray(0, -1)],
    ['no array', Buffer.from('text')],
  ])('that are %s are refused before any work', async (_what, bytes) => {
    await put('arrays/bad.npy', bytes);
    const failed = await load('photos/a.png', 'arrays/bad.npy').catch((error: unknown) => error);
    expect(failed).toMatchObject({ category: 'usage' });
    expect(String(failed)).toContain('arrays/bad.npy');
  });
});

describe('pictures', () => {
  it('are fed as RGB 0 … 255 to a network without preprocessing', async () => {
    const [input] = await load('photos/a.png');
    const tensor = await input?.tensor(bare(3), 'native');
    expect(tensor?.shape).toEqual([1, 8, 12, 3]);
    expect([...(tensor?.dataSync() ?? [])]).toEqual([...gradient(12, 8).data]);
    tensor?.dispose();
  });

  it('are scaled and cropped as the network wants', async () => {
    const [input] = await load('photos/a.png');
    const spec: InputSpec = {
      ...bare(3),
      preprocessing: { channelOrder: 'rgb', scale: 1, mean: [0, 0, 0], std: [1, 1, 1], resizeShortSide: 4 },
    };
    const tensor = await input?.tensor({ ...spec, size: [4, 4] });
    expect(tensor?.shape).toEqual([1, 4, 4, 3]);
    const row = [...(tensor?.dataSync() ?? [])].filter((_, i) => i % 3 === 0).slice(0, 4);
    expect(row).toEqual([12, 22, 32, 42]);
    tensor?.dispose();
    const wide = await input?.tensor(spec, [3, 5]);
    expect(wide?.shape).toEqual([1, 3, 5, 3]);
    wide?.dispose();
    expect(memory().numTensors).toBe(0);
  });

  it('have their centre cut out where the preprocessing of SqueezeNet says', () => {
    const spec: InputSpec = { size: [227, 227], channels: 3, fixedSize: false };
    const preprocessing = { channelOrder: 'bgr', scale: 1, mean: [104, 117, 123], std: [1, 1, 1], resizeShortSide: 256 } as const;
    expect(resizePlan([300, 451], { ...spec, preprocessing })).toEqual({
      resize: [256, 385],
      crop: { top: 14, left: 79, height: 227, width: 227 },
    });
  });

  it('of one channel are fed to a network of three, and the other way round', async () => {
    await put('grey/grey.png', await sharpCodec.encodePng(picture(3, 2, 1, (y, x) => 10 * (3 * y + x))));
    const [grey] = await load('grey/grey.png');
    const tensor = await grey?.tensor(bare(3), 'native');
    expect([...(tensor?.dataSync() ?? [])].slice(0, 6)).toEqual([0, 0, 0, 10, 10, 10]);
    tensor?.dispose();
  });
});
