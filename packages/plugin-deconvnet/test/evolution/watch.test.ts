import '@tensorflow/tfjs';
import { CLOCK, type Manifest, MODEL_LOADER, type Model, type RunContext, type RunEvent, run } from '@featurescope/core';
import { eventProblems, MemoryArtifactStore, testContainer, tinyModel } from '@featurescope/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evolution } from '../../src/evolution/evolution.js';
import { pictureSet, somePictures } from '../top-activations/support/data.js';
import { resultsOf, tableOf, warningsOf } from './support/results.js';
import { checkpoint, eventsOf, trainingContext } from './support/training.js';

let model: Model;
beforeAll(async () => {
  model = await tinyModel();
});
afterAll(() => model.dispose());

/** A folder in which other files are after each wait; how long each wait was. */
function folder(...contents: readonly (readonly string[])[]) {
  const waits: number[] = [];
  const change = {
    dataset: pictureSet(somePictures(5)),
    listModels: async () => contents[waits.length] ?? [],
    clock: {
      now: () => 0,
      wait: async (milliseconds: number, signal?: AbortSignal) => {
        signal?.throwIfAborted();
        waits.push(milliseconds);
        if (waits.length >= contents.length) throw new Error('nothing more comes');
      },
    },
  };
  return { waits, change };
}

const GIVEN = { checkpoints: ['checkpoints'], layers: ['relu1', 'conv2'], units: [0, 3] };
const context = (change: Partial<RunContext>) => trainingContext(model, change).context;

describe('a watched training', () => {
  it('ends at the wanted number of checkpoints with the results of a run at the end', async () => {
    const { waits, change } = folder(
      ['epoch-1'],
      ['epoch-1'],
      ['epoch-1', 'epoch-2', 'epoch-3'],
      ['epoch-1', 'epoch-2', 'epoch-3', 'epoch-4'],
    );
    const watched = await eventsOf(context(change), { ...GIVEN, watchUntil: 4, watchInterval: 2.5 });
    const afterwards = await eventsOf(context(change), { ...GIVEN, checkpoints: ['epoch-1', 'epoch-2', 'epoch-3', 'epoch-4'] });
    expect(waits).toEqual([2500, 2500, 2500]);
    expect(eventProblems(watched)).toEqual([]);
    expect(resultsOf(watched)).toEqual(resultsOf(afterwards));
  });

  it('hands over its results whenever there is nothing left to look at', async () => {
    const { change } = folder(['epoch-1', 'epoch-2'], ['epoch-1', 'epoch-2', 'epoch-3']);
    const events = await eventsOf(context(change), { ...GIVEN, watchUntil: 3 });
    const tables = events.flatMap((event) =>
      event.type === 'artifact' && event.artifact.kind === 'table' && event.artifact.name === 'evolution'
        ? [{ rows: event.artifact.rows.length, replaces: event.replaces ?? false }]
        : [],
    );
    expect(tables).toEqual([
      { rows: 8, replaces: false },
      { rows: 12, replaces: true },
    ]);
  });

  it('looks at no more checkpoints than wanted', async () => {
    const { waits, change } = folder(['epoch-1', 'epoch-2', 'epoch-3']);
    const rows = tableOf(await eventsOf(context(change), { ...GIVEN, watchUntil: 2 }));
    expect(new Set(rows.map((row) => row.checkpoint))).toEqual(new Set(['epoch-1', 'epoch-2']));
    expect(waits).toEqual([]);
  });

  it('puts a checkpoint that comes late in its place, and keeps one that is deleted', async () => {
    const { change } = folder(['epoch-1', 'epoch-4'], ['epoch-1', 'epoch-2', 'epoch-4'], ['epoch-4', 'epoch-5']);
    const rows = tableOf(await eventsOf(context(change), { ...GIVEN, watchUntil: 4 }));
    const names = ['epoch-1', 'epoch-2', 'epoch-4', 'epoch-5'];
    expect(rows.slice(0, 4).map((row) => row.checkpoint)).toEqual(names);
    expect(rows.slice(0, 4).map((row, i) => i > 0 && row.input !== rows[i - 1]?.input)).toEqual(rows.slice(0, 4).map((row) => row.changed));
  });

  it('waits for the first checkpoint', async () => {
    const { waits, change } = folder([], [], ['epoch-2']);
    expect(tableOf(await eventsOf(context(change), { ...GIVEN, watchUntil: 1 }))).toHaveLength(4);
    expect(waits).toHaveLength(2);
  });

  it('tries a file again that is being written, before those after it', async () => {
    const { change } = folder(...Array.from({ length: 9 }, () => ['epoch-1', 'epoch-2', 'epoch-3']));
    let failures = 3;
    const loadModel = async (source: string) => {
      if (source === 'epoch-2' && failures-- > 0) throw new Error('the file ends early');
      return checkpoint(source);
    };
    const events = await eventsOf({ ...context(change), loadModel }, { ...GIVEN, watchUntil: 3 });
    expect(warningsOf(events)).toEqual(
      Array.from({ length: 3 }, () => 'epoch-2 cannot be read yet and is tried again: the file ends early'),
    );
    expect(tableOf(events)[2]?.checkpoint).toBe('epoch-3');
    const labels = events.flatMap((event) => (event.type === 'progress' ? [event.label] : []));
    expect(labels.indexOf('epoch-2')).toBeLessThan(labels.indexOf('epoch-3'));
  });

  it('fails when a file cannot be read again and again', async () => {
    const { waits, change } = folder(...Array.from({ length: 9 }, () => ['epoch-1', 'epoch-2']));
    const loadModel = async (source: string) => {
      if (source === 'epoch-2') throw new Error('it is no model');
      return checkpoint(source);
    };
    await expect(eventsOf({ ...context(change), loadModel }, { ...GIVEN, watch: true })).rejects.toThrow('it is no model');
    expect(waits).toHaveLength(4);
  });

  it('is over when it is cancelled while waiting, with a manifest that lists what it found', async () => {
    const store = new MemoryArtifactStore();
    const cancelling = new AbortController();
    const services = testContainer({ store });
    const sources = ['epoch-1'];
    services.register(MODEL_LOADER, {
      useValue: { load: async (source: string | undefined) => checkpoint(source ?? 'tiny'), list: async () => [...sources] },
    });
    const wait = async (_: number, signal?: AbortSignal) => {
      if (sources.length === 3) cancelling.abort();
      signal?.throwIfAborted();
      sources.push(`epoch-${sources.length + 1}`);
    };
    services.register(CLOCK, { useValue: { now: () => 0, wait } });
    const config = { inputs: ['x'], visualizers: [evolution({ ...GIVEN, watch: true })] };
    const events: RunEvent[] = [];
    await new Promise<void>((resolve, reject) => {
      const next = (event: RunEvent) => void events.push(event);
      run(config, services, { signal: cancelling.signal }).subscribe({ next, error: reject, complete: resolve });
    });
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', status: 'cancelled' });
    expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
    const manifest = JSON.parse(store.manifests.at(-1) ?? '') as Manifest;
    expect(manifest.runs[0]?.status).toBe('cancelled');
    expect(manifest.runs[0]?.artifacts.map(({ path }) => path).toSorted()).toEqual([...store.artifacts.keys()].toSorted());
    const table = store.artifacts.get('01-evolution/evolution.csv')?.artifact;
    expect(table?.kind === 'table' && table.rows).toHaveLength(12);
  });
});
