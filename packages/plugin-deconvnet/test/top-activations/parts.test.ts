import '@tensorflow/tfjs';
import { isFeaturescopeError, type Model, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { memoryState, testContext, tinyModel } from '@featurescope/core/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arraySet, randomArrays } from './support/data.js';
import { earlierRun } from './support/earlier-run.js';
import { artifactsOf, eventsOf, type Given, tableOf } from './support/run.js';

let model: Model;
beforeAll(async () => {
  model = await tinyModel();
});
afterAll(() => model.dispose());

const context = (change: Partial<RunContext>): RunContext => ({ ...testContext({ model, inputs: [] }), ...change });
const serialized = (events: readonly VisualizerEvent[]): readonly string[] =>
  artifactsOf(events).map((artifact) =>
    JSON.stringify(artifact, (_, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value)),
  );

describe('shards', () => {
  const arrays = randomArrays(13, [9, 7, 3]);
  // Duplicates, whose order must not depend on the shard that they are in.
  const dataset = arraySet([...arrays, ...arrays.slice(3, 9), ...arrays.slice(0, 4)]);
  const given: Given = { layers: ['relu1', 'conv2'], units: [0, 3, 5], top: 3 };

  it('merge to what one pass gives, in any order', async () => {
    const whole = serialized(await eventsOf(context({ dataset }), given));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 9 }), fc.integer(), async (shards, batchSize, turn) => {
        const folders = Array.from({ length: shards }, (_, i) => `out-${((i + Math.abs(turn)) % shards) + 1}`);
        const runs = Object.fromEntries(
          await Promise.all(
            folders.map(async (folder) => {
              const shard = `${folder.slice(4)}/${shards}`;
              return [folder, earlierRun(await eventsOf(context({ dataset }), { ...given, shard, batchSize }))] as const;
            }),
          ),
        );
        const loadRun: RunContext['loadRun'] = async (out) => runs[out] ?? Promise.reject(new Error(out));
        expect(serialized(await eventsOf(context({ dataset, loadRun }), { ...given, merge: folders }))).toEqual(whole);
      }),
      { numRuns: 4 },
    );
  });

  it('make no pictures, but a table of their part', async () => {
    const events = await eventsOf(context({ dataset }), { ...given, shard: '2/5' });
    expect(artifactsOf(events).map(({ kind, name }) => `${kind} ${name}`)).toEqual(['table top', 'json state']);
    expect(new Set(tableOf(events).map(({ input }) => Number(input) % 5))).toEqual(new Set([1]));
    expect(events.at(-1)).toMatchObject({ type: 'progress', done: 5, total: 5 });
  });

  it('may be empty', async () => {
    const few = arraySet(arrays.slice(0, 2));
    expect(tableOf(await eventsOf(context({ dataset: few }), { ...given, shard: '3/3' }))).toEqual([]);
  });

  const code = async (change: Partial<Given>, runs: Readonly<Record<string, ReturnType<typeof earlierRun>>> = {}) => {
    const loadRun: RunContext['loadRun'] = async (out) => runs[out] ?? Promise.reject(new Error(out));
    const error = await eventsOf(context({ dataset, loadRun }), { ...given, ...change }).catch((thrown: unknown) => thrown);
    return isFeaturescopeError(error) ? [error.code, error.category] : error;
  };

  it.each(['0/2', '3/2', '1', '1/0', '-1/2', '1/2/3', 'a/b', '1.5/2'])('refuse "%s"', async (shard) => {
    expect(await code({ shard })).toEqual(['top-activations/bad-shard', 'usage']);
  });

  it('cannot be merged when one is missing, there twice, unfinished, of other layers, or damaged', async () => {
    const [one, two] = await Promise.all(['1/2', '2/2'].map((shard) => eventsOf(context({ dataset }), { ...given, shard })));
    const other = await eventsOf(context({ dataset }), { ...given, layers: ['relu1'], shard: '2/2' });
    const damaged = { ...earlierRun(two ?? []), read: async () => new TextEncoder().encode('{"schemaVersion":1}') };
    const runs = {
      one: earlierRun(one ?? []),
      two: earlierRun(two ?? []),
      other: earlierRun(other),
      cut: earlierRun(two ?? [], 'cancelled'),
      damaged,
    };
    expect(await code({ merge: ['one'] }, runs)).toEqual(['top-activations/wrong-shards', 'usage']);
    expect(await code({ merge: ['one', 'two', 'one'] }, runs)).toEqual(['top-activations/wrong-shards', 'usage']);
    expect(await code({ merge: ['one', 'cut'] }, runs)).toEqual(['top-activations/no-state', 'usage']);
    expect(await code({ merge: ['one', 'other'] }, runs)).toEqual(['top-activations/other-state', 'usage']);
    expect(await code({ merge: ['one', 'damaged'] }, runs)).toEqual(['top-activations/bad-state', 'usage']);
    expect(await code({ merge: ['one', 'two'], shard: '1/2' }, runs)).toEqual(['top-activations/shard-and-merge', 'usage']);
    expect(await code({ merge: ['one', 'two'], projections: false }, runs)).toEqual(
      expect.arrayContaining([{ type: 'progress', done: 1, total: 1 }]),
    );
  });
});

describe('a killed run', () => {
  const arrays = randomArrays(600, [6, 5, 3]);
  const given: Given = { layers: ['relu1', 'conv2'], units: [0, 2, 5], top: 4, batchSize: 16 };

  let whole: readonly VisualizerEvent[];
  beforeAll(async () => {
    whole = await eventsOf(context({ dataset: arraySet(arrays) }), given);
  });

  it.each([1, 2, 3])('goes on to the same results, killed three times at random (%i)', async (seed) => {
    const dataset = arraySet(arrays);
    const state = memoryState();
    const random = testContext({ model, seed }).random;
    let reads = 0;
    const counting = {
      ...dataset,
      item: (i: number) => {
        reads++;
        return dataset.item(i);
      },
    };
    const before = new Map<string, string>();
    for (let kill = 0; kill < 4; kill++) {
      let left = kill < 3 ? random.integer(5, whole.length - 6) : Number.POSITIVE_INFINITY;
      const events = await eventsOf(context({ dataset: counting, state }), given, () => --left < 0);
      for (const artifact of artifactsOf(events))
        before.set(
          `${artifact.kind} ${artifact.name} ${artifact.layer} ${artifact.unit}`,
          serialized([{ type: 'artifact', artifact }])[0] ?? '',
        );
    }
    expect([...before.values()].toSorted()).toEqual(serialized(whole).toSorted());
    // Three kills lose less than three times what is between two saves, what was read ahead, and a layer.
    expect(reads).toBeLessThan(600 + 24 + 3 * (256 + 5 * 16 + 24));
  });

  it('starts anew, and says so, when what was saved is of other data', async () => {
    const state = memoryState();
    const little: Given = { ...given, units: [1], top: 2 };
    await eventsOf(context({ dataset: arraySet(arrays.slice(0, 20)), state }), little);
    const events = await eventsOf(context({ dataset: arraySet(arrays.slice(0, 30)), state }), little);
    expect(events[0]).toMatchObject({ type: 'warning', message: expect.stringContaining('pictures: 20 there, 30 here') });
    expect(serialized(events)).toEqual(serialized(await eventsOf(context({ dataset: arraySet(arrays.slice(0, 30)) }), little)));
  });

  it('starts anew, and says so, when what was saved cannot be read', async () => {
    const state = memoryState();
    await state.save(new TextEncoder().encode('{"schemaVersion":0}'));
    const dataset = arraySet(arrays.slice(0, 20));
    const little: Given = { ...given, units: [1], top: 2 };
    const events = await eventsOf(context({ dataset, state }), little);
    expect(events[0]).toMatchObject({ type: 'warning', message: expect.stringContaining('what was saved cannot be read') });
    expect(serialized(events)).toEqual(serialized(await eventsOf(context({ dataset }), little)));
  });
});

describe('wrong use', () => {
  const dataset = arraySet(randomArrays(2, [12, 10, 3]));
  const refused = async (given: Given, change: Partial<RunContext> = { dataset }) => {
    const error = await eventsOf(context(change), given).catch((thrown: unknown) => thrown);
    return isFeaturescopeError(error) ? `${error.category}: ${error.message}` : error;
  };

  it('is told what was expected', async () => {
    expect(await refused({ layers: ['conv3'] })).toMatch(/usage: .*conv3.*conv/);
    expect(await refused({ layers: [9] })).toMatch(/usage: /);
    expect(await refused({ layers: ['relu1', 'conv2'], units: [6] })).toMatchInlineSnapshot(
      `"usage: top-activations: layer "relu1" of tiny has no unit 6: expected channels from 0 to 5, or all."`,
    );
    expect(await refused({ layers: ['conv1'] }, {})).toMatchInlineSnapshot(
      `"usage: top-activations: no pictures were given; name a data set with --dataset (a folder, a .zip file or a .npy batch), or pictures as inputs."`,
    );
    expect(await refused({ layers: ['conv1'] }, { dataset: arraySet(randomArrays(2, [12, 10, 4])) })).toMatchInlineSnapshot(
      `"usage: The arrays of the data set "arrays" have shape [12, 10, 4], but the network takes 3 channels. Expected [height, width, 3] each."`,
    );
  });
});
