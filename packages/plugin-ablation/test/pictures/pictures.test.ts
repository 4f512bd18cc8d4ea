import { createRandom, type Dataset, type DatasetItem, filledImage } from '@featurescope/core';
import { memoryCodec, syntheticDrawing } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { indicesByClass, type LabelledPictures } from '../../src/pictures/labelled.js';
import { type PictureChoice, readPictures } from '../../src/pictures/read.js';
import { holdOut } from '../../src/pictures/split.js';

const CLASSES = ['cat', 'dog', 'fox'];

/** Pictures of one colour each, whose red channel is the number of the picture. */
const items = (count: number): readonly DatasetItem[] =>
  Array.from({ length: count }, (_, i) => ({
    kind: 'picture',
    name: `${CLASSES[i % 3]}/${i}.png`,
    label: i % 3,
    image: filledImage([6, 9], [i, 100, 200]),
  }));

const datasetOf = (list: readonly DatasetItem[]): Dataset => ({
  name: 'animals',
  size: list.length,
  labels: CLASSES,
  item: async (i) => list[i] ?? Promise.reject(new Error(`no item ${i}`)),
});

async function read(
  dataset: Dataset,
  choice: Partial<PictureChoice> = {},
  signal = new AbortController().signal,
): Promise<LabelledPictures> {
  const reading = readPictures({ dataset, codec: memoryCodec, signal }, { size: [3, 3], ...choice }, 'test');
  let step = await reading.next();
  while (!step.done) step = await reading.next();
  return step.value;
}

const numbers = ({ images, labels }: LabelledPictures): readonly number[] => Array.from(labels, (_, i) => images[i * 27] ?? -1);

describe('readPictures', () => {
  it('reads pictures as RGB of one size, sorted by class', async () => {
    const pictures = await read(datasetOf(items(40)));
    expect(pictures).toMatchObject({ classes: CLASSES, height: 3, width: 3 });
    expect(pictures.images).toHaveLength(40 * 27);
    expect(Array.from(pictures.labels)).toEqual([...Array(14).fill(0), ...Array(13).fill(1), ...Array(13).fill(2)]);
    expect(numbers(pictures).map((n) => n % 3)).toEqual(Array.from(pictures.labels));
    expect(pictures.names).toEqual(numbers(pictures).map((n) => `${CLASSES[n % 3]}/${n}.png`));
  });

  it('takes the same pictures of each class in the same order whatever else is in the data set', async () => {
    const all = await read(datasetOf(items(90)));
    const few = await read(datasetOf(items(90)), { perClass: 4 });
    const shuffled = createRandom(3).permutation(90);
    const others = await read(datasetOf(Array.from(shuffled, (i) => items(90)[i] as DatasetItem)), { perClass: 4 });
    expect(numbers(few)).toEqual(
      [0, 1, 2].flatMap((label) =>
        numbers(all)
          .filter((n) => n % 3 === label)
          .slice(0, 4),
      ),
    );
    expect(others).toEqual(few);
    // Drawn, not in the order of the names.
    expect(numbers(few).slice(0, 4)).not.toEqual([0, 3, 6, 9]);
  });

  it('cuts the centre out before scaling, also of very long pictures', async () => {
    const data = new Uint8Array(60_000 * 3);
    for (let x = 29_999; x < 30_001; x++) data.fill(250, x * 3, x * 3 + 3);
    const long: DatasetItem = { kind: 'picture', name: 'a', label: 0, image: { width: 60_000, height: 1, channels: 3, data } };
    const grey: DatasetItem = {
      kind: 'picture',
      name: 'b',
      label: 0,
      image: { width: 3, height: 3, channels: 1, data: new Uint8Array(9).fill(7) },
    };
    const { images, names } = await read(datasetOf([long, grey]));
    const of = (name: string) => images.subarray(names.indexOf(name) * 27, (names.indexOf(name) + 1) * 27);
    expect(of('a').every((value) => value === 250)).toBe(true);
    expect(of('b').every((value) => value === 7)).toBe(true);
  });

  it('shows drawings as black lines on white', async () => {
    const drawing: DatasetItem = { kind: 'drawing', name: 'd', label: 1, drawing: syntheticDrawing('d') };
    const { images, labels } = await read(datasetOf([drawing]), { size: [20, 20] });
    expect(Array.from(labels)).toEqual([1]);
    expect(Math.min(...images)).toBeLessThan(60);
    expect(images.filter((value) => value === 255).length).toBeGreaterThan(images.length / 2);
    expect(images.every((value, i) => value === images[i - (i % 3)])).toBe(true);
  });

  it('stops when it is cancelled', async () => {
    const cancelling = new AbortController();
    cancelling.abort();
    await expect(read(datasetOf(items(6)), {}, cancelling.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('refuses what is too large before it fills the memory, and says what to do', async () => {
    const wide = { kind: 'picture', name: 'w', label: 0, image: filledImage([1, 1], [0, 0, 0]) } as const;
    const resize = async () => ({ width: 1, height: 1, channels: 3, data: new Uint8Array(3) }) as const;
    const reading = readPictures(
      { dataset: datasetOf(Array(64).fill(wide)), codec: { ...memoryCodec, resize }, signal: new AbortController().signal },
      { size: [4096, 4096] },
      'test',
    );
    await expect(reading.next()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: test: 32 pictures of 4096×4096 or more do not fit into half a gigabyte. Give smaller pictures, or fewer of each class.]`,
    );
  });
});

describe('holdOut', () => {
  it('holds the same part of every class out, and loses nothing', async () => {
    const pictures = await read(datasetOf(items(60)));
    const { training, validation } = holdOut(pictures, 0.25, 'test');
    expect(indicesByClass(training).map(({ length }) => length)).toEqual([15, 15, 15]);
    expect(indicesByClass(validation).map(({ length }) => length)).toEqual([5, 5, 5]);
    expect([...numbers(training), ...numbers(validation)].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    expect(validation.names).toEqual(numbers(validation).map((n) => `${CLASSES[n % 3]}/${n}.png`));
  });

  it('holds at least one out', async () => {
    const { validation } = holdOut(await read(datasetOf(items(6))), 0.01, 'test');
    expect(Array.from(validation.labels)).toEqual([0, 1, 2]);
  });
});
