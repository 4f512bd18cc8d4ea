import '@tensorflow/tfjs';
import { lastValueFrom, toArray } from 'rxjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineVisualizer, INPUT_LOADER, type Input, type InputLoader, type RunContext, type RunEvent, run } from '../../src/index.js';
import { MemoryArtifactStore, pictureInput, syntheticPicture, testContainer, testContext, tinyModel } from '../../src/testing/index.js';

const from = (folder: string, name: string): Input => ({
  ...pictureInput(name, syntheticPicture(folder, [4, 5])),
  source: `${folder}/${name}.png`,
});
const files = [from('a', 'cat'), from('a', 'dog'), from('b', 'cat'), from('c', 'Cat')];

/** Everything in a folder for its name, one file for its path; a name is unique in one call only, as with real files. */
const loader: InputLoader = {
  load: async (patterns) =>
    files.filter(({ source }) => patterns.some((pattern) => source === pattern || source.startsWith(`${pattern}/`))),
};

let seen: unknown[] = [];
const guided = (body: (context: RunContext) => Promise<unknown>) =>
  defineVisualizer({
    name: 'guided',
    summary: 'guided',
    options: z.strictObject({}),
    async *run(context) {
      seen.push(await body(context));
      yield { type: 'progress', done: 1, total: 1 };
    },
  })();

beforeEach(() => {
  seen = [];
});

async function finished(body: (context: RunContext) => Promise<unknown>): Promise<RunEvent | undefined> {
  const container = testContainer({ store: new MemoryArtifactStore() });
  container.register(INPUT_LOADER, { useValue: loader });
  const events = await lastValueFrom(run({ inputs: ['a/cat.png'], visualizers: [guided(body)] }, container).pipe(toArray()));
  return events.find(({ type }) => type === 'visualizer-finished');
}

describe('an input loaded in the course of a run', () => {
  it('is read as the inputs are', async () => {
    const outcome = await finished(async ({ loadInput, model }) => {
      const { name, source, size, tensor } = await loadInput('a/dog.png');
      const image = await tensor(model.input);
      const { shape } = image;
      image.dispose();
      return { name, source, size, shape };
    });
    expect(outcome).toMatchObject({ status: 'done' });
    expect(seen).toEqual([{ name: 'dog', source: 'a/dog.png', size: [4, 5], shape: [1, 12, 10, 3] }]);
  });

  it('has a name of its own, unless it is an input itself', async () => {
    await finished(async ({ loadInput }) => {
      const names: string[] = [];
      for (const source of ['a/cat.png', 'b/cat.png', 'c/Cat.png', 'b/cat.png']) names.push((await loadInput(source)).name);
      return names;
    });
    expect(seen).toEqual([['cat', 'cat-2', 'Cat-3', 'cat-2']]);
  });

  it('must exist, and be one', async () => {
    expect(await finished(({ loadInput }) => loadInput('a/bird.png'))).toMatchObject({
      status: 'failed',
      errorCategory: 'usage',
      error: 'There is no input "a/bird.png". Expected the path of a picture or an array (.npy).',
    });
    expect(await finished(({ loadInput }) => loadInput('a'))).toMatchObject({
      status: 'failed',
      errorCategory: 'usage',
      error: '"a" stands for 2 files (a/cat.png, a/dog.png), but one picture or array is wanted: name it.',
    });
  });
});

describe('in a test context', () => {
  it('comes from the given files, the inputs, or two small pictures', async () => {
    const model = await tinyModel();
    const { loadInput } = testContext({ model, files });
    expect((await loadInput('b/cat.png')).size).toEqual([4, 5]);
    expect((await loadInput('wide.png')).name).toBe('wide');
    await expect(loadInput('bird.png')).rejects.toThrow('There is no input "bird.png"');
    const plain = testContext({ model, inputs: [files[0]].flatMap((file) => file ?? []) });
    expect((await plain.loadInput('high.png')).size).toEqual([17, 11]);
    expect((await plain.loadInput('a/cat.png')).name).toBe('cat');
    model.dispose();
  });
});
