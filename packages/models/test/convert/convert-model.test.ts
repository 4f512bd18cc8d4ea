import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ConvertOptions, convertModel, type ReadModel, type RunNetwork, readModel } from '../../src/index.js';
import { failure, newFolder, runReference, saved, tinyFile } from './models.js';

const folder = await newFolder();
await saved(join(folder, 'tiny.safetensors'), tinyFile());
const { labels: _, ...unlabelled } = tinyFile();
await saved(join(folder, 'bare.safetensors'), { ...unlabelled, input: { size: [12, 10], channels: 3, fixedSize: false } });

const convert = (from: string, to: string, options: ConvertOptions = {}) =>
  convertModel(from, to, { cwd: folder, run: runReference, ...options });

const read = (path: string, format: 'onnx' | 'safetensors' | 'caffe'): Promise<ReadModel> =>
  readModel({ name: 'back', origin: 'file', path: join(folder, path), format });

const messageOf = async (promise: Promise<unknown>): Promise<string> => (await failure(promise)).message.replaceAll(folder, '<folder>');

describe('a converted model', () => {
  it.each([
    ['onnx', 'onnx', 'onnx/tiny.onnx', ['tiny.onnx', 'preprocessing.json', 'labels.txt']],
    ['caffe', 'caffe', 'caffe/tiny.prototxt', ['tiny.prototxt', 'tiny.caffemodel', 'preprocessing.json', 'labels.txt']],
    ['caffe, by its weights', 'caffe', 'weights/tiny.caffemodel', ['tiny.caffemodel', 'tiny.prototxt', 'preprocessing.json', 'labels.txt']],
    ['safetensors', 'safetensors', 'safetensors/other.safetensors', ['other.safetensors']],
  ] as const)('is used as the original is: %s', async (_, format, path, files) => {
    const conversion = await convert('tiny.safetensors', path);
    const place = join(folder, path, '..');
    expect(conversion).toMatchObject({ model: 'tiny', precision: 'float32', files: files.map((name) => join(place, name)) });
    expect((await readdir(place)).sort()).toEqual([...files].sort());
    expect(conversion.check?.largestDifference).toBeLessThan(1e-6);
    expect(conversion.check).toMatchObject({ inputs: format === 'caffe' ? 2 : 3, tolerance: 1e-4 });
    expect(conversion.onlySize).toEqual(format === 'caffe' ? [12, 10] : undefined);
    const { input, labels } = await read(path, format);
    expect({ input: { ...input, fixedSize: false }, labels }).toEqual({ input: tinyFile().input, labels: tinyFile().labels });
  });

  it('is compared at another size too, when it takes any', async () => {
    const { check } = await convert('tiny.safetensors', 'sizes/tiny.onnx');
    expect(check?.sizes).toEqual([
      [12, 10],
      [12, 10],
      [16, 14],
    ]);
  });

  it('of which nothing is known but the network stays so', async () => {
    const { files } = await convert('bare.safetensors', 'bare/bare.onnx');
    expect(files).toEqual([join(folder, 'bare/bare.onnx')]);
    const { input, labels } = await read('bare/bare.onnx', 'onnx');
    expect({ input, labels }).toEqual({ input: { size: [12, 10], channels: 3, fixedSize: false }, labels: undefined });
  });

  it('can be in half precision', async () => {
    for (const name of ['half/tiny.onnx', 'half/tiny.safetensors']) {
      const { check } = await convert('tiny.safetensors', name, { precision: 'float16' });
      expect(check?.tolerance).toBe(5e-2);
      expect(check?.largestDifference).toBeGreaterThan(1e-6);
      expect(check?.largestDifference).toBeLessThan(5e-3);
    }
  });

  it('can be written again, and beside itself in other formats', async () => {
    await convert('tiny.safetensors', 'again/tiny.onnx');
    await convert('tiny.safetensors', 'again/tiny.onnx');
    await convert('tiny.safetensors', 'again/tiny.prototxt');
    await convert('again/tiny.prototxt', 'again/tiny.safetensors');
    expect(await readdir(join(folder, 'again'))).toHaveLength(6);
  });

  it('keeps a description that is there already and says the same', async () => {
    const { input } = tinyFile();
    const text = JSON.stringify({ ...input.preprocessing, cropSize: input.size });
    await mkdir(join(folder, 'same'));
    await writeFile(join(folder, 'same/preprocessing.json'), text);
    await writeFile(join(folder, 'same/labels.txt'), 'sky\r\ncloud\r\nmountain\r\nwater, deep\r\n\r\n');
    await convert('tiny.safetensors', 'same/tiny.onnx');
    expect(await readFile(join(folder, 'same/preprocessing.json'), 'utf8')).toBe(text);
    expect((await read('same/tiny.onnx', 'onnx')).labels).toEqual(tinyFile().labels);
  });
});

describe('files of others', () => {
  const before = async (name: string, files: Readonly<Record<string, string>>): Promise<void> => {
    await mkdir(join(folder, name));
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, name, file), text);
  };

  it.each<readonly [string, string, Readonly<Record<string, string>>, string]>([
    [
      'model',
      'tiny',
      { 'x.onnx': 'another' },
      '<folder>/model/x.onnx is there already and is not what this conversion writes. Remove it, or give another name or folder.',
    ],
    [
      'description',
      'tiny',
      { 'preprocessing.json': '{"model":"y.onnx"}' },
      '<folder>/description/preprocessing.json describes another model, y.onnx, and a folder has one such file. Convert into a folder of its own.',
    ],
    [
      'description-of-all',
      'tiny',
      { 'preprocessing.json': '{"scale":2}' },
      '<folder>/description-of-all/preprocessing.json says something else of x.onnx than the model that it is made of. Convert into a folder of its own.',
    ],
    [
      'description-of-none',
      'bare',
      { 'preprocessing.json': '{"scale":2}' },
      '<folder>/description-of-none/preprocessing.json would be taken for that of x.onnx, whose preprocessing is not known. Convert into a folder of its own.',
    ],
    [
      'classes',
      'tiny',
      { 'labels.txt': 'a\nb\nc\nd\n' },
      '<folder>/classes/labels.txt holds other classes than those of x.onnx. Convert into a folder of its own.',
    ],
    [
      'classes-of-none',
      'bare',
      { 'labels.txt': 'a\n' },
      '<folder>/classes-of-none/labels.txt would be taken for the classes of x.onnx, which has no labels. Convert into a folder of its own.',
    ],
    [
      'neighbour',
      'tiny',
      { 'y.onnx': '' },
      '<folder>/neighbour/labels.txt with the classes of x.onnx would be taken for those of y.onnx too. Convert into a folder of its own.',
    ],
    [
      'broken',
      'tiny',
      { 'preprocessing.json': '{' },
      '<folder>/broken/preprocessing.json does not describe a preprocessing: it is not JSON.',
    ],
  ])('are left alone: %s', async (name, model, files, message) => {
    await before(name, files);
    const error = await failure(convert(`${model}.safetensors`, `${name}/x.onnx`));
    expect(error.category).toBe('usage');
    expect(error.message.replaceAll(folder, '<folder>')).toBe(message);
    expect(await readdir(join(folder, name))).toEqual(Object.keys(files));
    for (const [file, text] of Object.entries(files)) expect(await readFile(join(folder, name, file), 'utf8')).toBe(text);
  });

  it('do not matter where they are of no use to the converted model', async () => {
    await before('unrelated', { 'preprocessing.json': '{"model":"y.onnx"}', 'y.onnx': '' });
    expect((await convert('bare.safetensors', 'unrelated/x.onnx')).files).toHaveLength(1);
    await before('own', { 'labels.txt': 'a\n', 'y.onnx': '' });
    expect((await convert('tiny.safetensors', 'own/x.safetensors')).files).toHaveLength(1);
  });

  it('include the model itself', async () => {
    expect(await messageOf(convert('tiny.safetensors', './tiny.safetensors'))).toMatchInlineSnapshot(
      `"<folder>/tiny.safetensors is the model itself. Give the converted one another name or folder."`,
    );
  });
});

/** Answers something else for the second network that it runs. */
const spoiling = (spoil: (values: Float32Array) => Float32Array): RunNetwork => {
  let calls = 0;
  return async (...given) => {
    const results = await runReference(...given);
    calls += 1;
    return calls === 1 ? results : results.map((values) => new Map([...values].map(([name, data]) => [name, spoil(data)])));
  };
};

describe('a conversion that fails', () => {
  it.each<readonly [string, (values: Float32Array) => Float32Array, string]>([
    [
      'other values',
      (values) => values.map((value, i) => (i === 1 ? value + 0.01 : value)),
      'The largest difference, at the layer "prob", is 1.5e-2 of its largest value; at most 0.0001 is allowed.',
    ],
    [
      'not a number',
      (values) => values.map((value, i) => (i === 1 ? Number.NaN : value)),
      'The largest difference, at the layer "prob", is Infinity of its largest value; at most 0.0001 is allowed.',
    ],
    ['another shape', (values) => values.subarray(1), 'What stands for its layer "prob" is missing or has another shape.'],
  ])('leaves nothing: %s', async (_, spoil, found) => {
    const error = await failure(convert('tiny.safetensors', 'deep/in/tiny.onnx', { run: spoiling(spoil) }));
    expect(error.category).toBe('failure');
    expect(error.message).toBe(`tiny.onnx was not written: it does not give what tiny gives. ${found}`);
    expect(await readdir(folder)).not.toContain('deep');
  });

  it('leaves nothing when it is interrupted', async () => {
    const abort = new AbortController();
    const run: RunNetwork = (...given) => {
      abort.abort();
      return runReference(...given);
    };
    await expect(convert('tiny.safetensors', 'aborted/tiny.onnx', { run, signal: abort.signal })).rejects.toThrow(/abort/);
    expect(await readdir(folder)).not.toContain('aborted');
  });

  it('leaves what was in the folder', async () => {
    await mkdir(join(folder, 'kept'));
    await writeFile(join(folder, 'kept/notes.txt'), 'mine');
    await failure(convert('tiny.safetensors', 'kept/tiny.onnx', { run: spoiling((values) => values.map(() => 0)) }));
    expect(await readdir(join(folder, 'kept'))).toEqual(['notes.txt']);
  });

  it('cannot compare numbers that are not finite', async () => {
    const run: RunNetwork = async (...given) =>
      (await runReference(...given)).map((values) => new Map([...values].map(([name, data]) => [name, data.map(() => Number.NaN)])));
    expect(await messageOf(convert('tiny.safetensors', 'nan/tiny.onnx', { run }))).toMatchInlineSnapshot(
      `"tiny cannot be compared with what it was converted to: its layer "prob" gives values that are not finite. --no-check converts without comparing."`,
    );
  });
});
