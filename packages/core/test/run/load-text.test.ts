import '@tensorflow/tfjs';
import { lastValueFrom, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineVisualizer, INPUT_LOADER, type InputLoader, run } from '../../src/index.js';
import { MemoryArtifactStore, testContainer, testContext, testInputs, tinyModel } from '../../src/testing/index.js';

const read = (source: string, tell: (text: string) => void) =>
  defineVisualizer({
    name: 'reader',
    summary: 'reader',
    options: z.strictObject({}),
    async *run({ readText }) {
      tell(await readText(source));
      yield { type: 'progress', done: 1, total: 1 };
    },
  })();

async function finished(loader: InputLoader, source: string) {
  const container = testContainer({ store: new MemoryArtifactStore() });
  container.register(INPUT_LOADER, { useValue: loader });
  const seen: string[] = [];
  const config = { inputs: ['x'], visualizers: [read(source, (text) => seen.push(text))] };
  const events = await lastValueFrom(run(config, container).pipe(toArray()));
  return { seen, outcome: events.find(({ type }) => type === 'visualizer-finished') };
}

describe('a text read in the course of a run', () => {
  it('comes from where the inputs come from', async () => {
    const loader: InputLoader = { load: async () => testInputs(), readText: async (source) => `text of ${source}` };
    expect(await finished(loader, 'parts.csv')).toMatchObject({ seen: ['text of parts.csv'], outcome: { status: 'done' } });
  });

  it('is missing where nothing reads texts', async () => {
    const { outcome } = await finished({ load: async () => testInputs() }, 'parts.csv');
    expect(outcome).toMatchObject({ status: 'failed', errorCategory: 'usage' });
    expect(outcome).toHaveProperty('error', 'There is no file "parts.csv". Expected the path of a text file.');
  });

  it('comes from the given texts in a test context', async () => {
    const model = await tinyModel();
    const { readText } = testContext({ model, texts: { 'a.txt': 'a' } });
    expect(await readText('a.txt')).toBe('a');
    await expect(readText('b.txt')).rejects.toThrow('There is no file "b.txt"');
    model.dispose();
  });
});
