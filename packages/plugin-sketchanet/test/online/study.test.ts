import '@tensorflow/tfjs';
import { type EarlierRun, encodeNpy, type RunContext } from '@featurescope/core';
import { memoryState } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadEnsemble } from '../../src/ensemble/ensemble.js';
import { readDrawings } from '../../src/ensemble/readings.js';
import { accuracyOf, decide } from '../../src/fusion/index.js';
import { gather, jobsOf } from '../../src/online/gather.js';
import { settingOf } from '../../src/online/setting.js';
import { sidesOf } from '../../src/online/sides.js';
import { collectDrawings, foldOf, splitCollection } from '../../src/training/collection.js';
import { drawings, events, isHeldOut, member, results } from './world.js';

const { signal } = new AbortController();
const MODELS = ['network', 'ensemble', 'gru', 'lstm'];

describe('online-recognition of a data set', () => {
  let whole: Awaited<ReturnType<typeof results>>;
  beforeAll(async () => {
    whole = await results({}, { dataset: drawings() });
  });
  const rowsOf = ({ find }: typeof whole) => find('table', 'online')?.rows ?? [];

  it('compares all models at every tenth of the drawings', () => {
    expect(whole.find('table', 'online')?.columns).toEqual(['model', 'fraction', 'accuracy', 'n', 'low', 'high']);
    expect(rowsOf(whole).map(([model, fraction]) => [model, fraction])).toEqual(
      MODELS.flatMap((model) => [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].map((fraction) => [model, fraction])),
    );
    for (const [, , accuracy, , low, high] of rowsOf(whole) as number[][]) {
      expect(low).toBeLessThanOrEqual(accuracy ?? -1);
      expect(high).toBeGreaterThanOrEqual(accuracy ?? 2);
    }
    expect(whole.find('plot', 'online')).toBeDefined();
    expect(whole.warnings).toEqual([]);
  });

  it('gives the plain network its accuracy on whole drawings at the end', async () => {
    const model = await member('one');
    const { heldOut } = splitCollection(await collectDrawings(drawings(), { classes: model.labels, minDrawings: 1 }), {
      folds: 3,
      fold: 1,
    });
    const { scores } = await readDrawings(
      model,
      heldOut.examples.map(({ drawing }) => drawing),
      1,
      signal,
    );
    model.dispose();
    const expected = accuracyOf(
      decide(scores),
      heldOut.examples.map(({ label }) => label),
    );
    const last = rowsOf(whole).find(([name, fraction]) => name === 'network' && fraction === 1);
    expect(last?.slice(2)).toEqual([expected.accuracy, expected.n, expected.low, expected.high]);
  });

  it('reports a loss for every epoch, and reaches its total', () => {
    const losses = whole.all.flatMap((event) => (event.type === 'metric' && event.series === 'gru-loss' ? [event.step] : []));
    expect(losses).toEqual([0, 1, 2]);
    const last = whole.all.filter((event) => event.type === 'progress').at(-1);
    expect(last).toMatchObject({ done: last?.total });
  });

  it('learns nothing from drawings that are held out', async () => {
    const mirrored = await results(
      {},
      { dataset: drawings((drawing, id) => (isHeldOut(id) ? { ...drawing, strokes: drawing.strokes.slice(0, 1) } : drawing)) },
    );
    expect(mirrored.find('tensor', 'gru')?.data).toEqual(whole.find('tensor', 'gru')?.data);
    expect(mirrored.find('tensor', 'lstm')?.data).toEqual(whole.find('tensor', 'lstm')?.data);
    const other = await results({}, { dataset: drawings((drawing, id) => (isHeldOut(id) ? drawing : { ...drawing, width: 300 })) });
    expect(other.find('tensor', 'gru')?.data).not.toEqual(whole.find('tensor', 'gru')?.data);
  });

  it('goes on to the same table wherever it was killed', async () => {
    for (const killedAt of [2, 4, 8]) {
      const state = memoryState();
      let now = 0;
      // Time flies, so that every step is saved.
      const clock = { now: () => (now += 60_000), wait: async () => {} };
      let saves = 0;
      const counting = { ...state, save: async (value: Uint8Array) => (saves++ < killedAt ? state.save(value) : undefined) };
      for await (const _ of events({}, { dataset: drawings(), state: counting, clock })) if (saves >= killedAt) break;
      expect(state.saved).toBeDefined();
      const rest = await results({}, { dataset: drawings(), state: { load: async () => state.saved?.slice(), save: async () => {} } });
      expect(rowsOf(rest)).toEqual(rowsOf(whole));
      expect(rest.find('tensor', 'lstm')?.data).toEqual(whole.find('tensor', 'lstm')?.data);
      expect(rest.all.filter(({ type }) => type === 'progress').length).toBeLessThan(
        whole.all.filter(({ type }) => type === 'progress').length,
      );
      expect(rest.all.filter((event) => event.type === 'progress').at(-1)).toEqual(
        whole.all.filter((event) => event.type === 'progress').at(-1),
      );
    }
  });

  it('does not go on from the state of other drawings', async () => {
    const state = memoryState();
    await results({}, { dataset: drawings(), state });
    await expect(results({ limit: 1 }, { dataset: drawings(), state })).rejects.toThrow(/saved state belongs to other drawings/);
  });

  it('uses the networks of an earlier run, exactly', async () => {
    const earlier = earlierRun(whole);
    const loadRun = async () => earlier;
    const again = await results({ recurrent: 'before' }, { dataset: drawings(), loadRun });
    expect(rowsOf(again)).toEqual(rowsOf(whole));
    expect(again.find('tensor', 'gru')).toBeUndefined();
    expect(again.all.some(({ type }) => type === 'metric')).toBe(false);
    await expect(results({ recurrent: 'before', steps: 5 }, { dataset: drawings(), loadRun })).rejects.toThrow(/belong to other steps/);
    await expect(results({ recurrent: 'before', featuresOf: 2 }, { dataset: drawings(), loadRun })).rejects.toThrow(/other networks/);
  });

  it('leaves no tensors when it is aborted', async () => {
    const before = tf.memory().numTensors;
    for (const at of [1, 4, 8]) {
      const cancelling = new AbortController();
      let count = 0;
      const run = async () => {
        for await (const _ of events({}, { dataset: drawings(), signal: cancelling.signal })) if (++count === at) cancelling.abort();
      };
      await expect(run()).rejects.toThrow(/abort/i);
      expect(tf.memory().numTensors).toBe(before);
    }
  });

  it('takes the features of one network, by strokes, and few drawings', async () => {
    const { find } = await results({ featuresOf: 2, steps: 'strokes', cells: ['gru'], limit: 1 }, { dataset: drawings() });
    const rows = find('table', 'online')?.rows ?? [];
    expect(new Set(rows.map(([model]) => model))).toEqual(new Set(['network', 'ensemble', 'gru']));
    expect(Math.max(...rows.map(([, , , n]) => Number(n)))).toBeLessThanOrEqual(4);
    expect(find('json', 'recurrent')?.value).toMatchObject({
      steps: 'strokes',
      recurrent: [{ cell: 'gru', features: 8, hidden: 5, classes: 4 }],
    });
  });

  it('says when options have no effect, and when networks do not tell what they were trained on', async () => {
    const warned = async (given: Parameters<typeof results>[0], change: Partial<RunContext> = {}) =>
      (await results({ epochs: 1, cells: ['gru'], ...given }, { dataset: drawings(), ...change })).warnings;
    expect(await warned({ fold: 2 })).toEqual([expect.stringMatching(/^no effect of --fold: .* fold 1 of 3/)]);
    expect(await warned({ ensemble: ['silent'], fold: 2 })).toEqual([expect.stringMatching(/do not tell which drawings/)]);
    expect(await warned({ frameDelay: 100 })).toEqual([expect.stringMatching(/without drawings to animate: --frame-delay/)]);
  });

  it('refuses what it cannot do', async () => {
    const dataset = drawings();
    await expect(results({})).rejects.toThrow(/neither drawings nor a data set/);
    await expect(results({ featuresOf: 3 }, { dataset })).rejects.toThrow(/--features-of 3 is none of the 2 networks/);
    await expect(results({ ensemble: ['silent'], fold: 4 }, { dataset })).rejects.toThrow(/--fold 4 is none of 3/);
    const full = new Set((await collectDrawings(dataset, { minDrawings: 1 })).examples.map(({ id }) => foldOf(id, 100)));
    const empty = Array.from({ length: 100 }, (_, i) => i + 1).find((fold) => !full.has(fold)) ?? 0;
    await expect(results({ ensemble: ['silent'], folds: 100, fold: empty }, { dataset })).rejects.toThrow(/is left to test with/);
  });
});

describe('gather', () => {
  it('reads the same whatever is read together', async () => {
    const ensemble = await loadEnsemble({ loadModel: member }, ['one', 'other'], 'test');
    const setting = settingOf(ensemble, { steps: 3, featuresOf: 'all' });
    const collection = await collectDrawings(drawings(), { classes: ensemble.classes, minDrawings: 1 });
    const sides = sidesOf(collection, { folds: 3, fold: 1 }, 3, undefined, 'some');
    const [one, five] = await Promise.all(
      [1, 5].map(async (atOnce) => {
        const journal = { fingerprint: '', read: 0, rows: new Map<string, Float32Array>(), training: new Map() };
        for await (const _ of gather(setting, sides, jobsOf(setting, true, true), journal, signal, atOnce));
        return journal;
      }),
    );
    for (const model of ensemble.members) model.dispose();
    expect([...(one?.rows.keys() ?? [])]).toHaveLength(6);
    expect(one?.read).toBe(five?.read);
    for (const [name, data] of one?.rows ?? [])
      data.forEach((value, i) => {
        expect(five?.rows.get(name)?.[i]).toBeCloseTo(value, 5);
      });
  });
});

function earlierRun({ artifacts }: { readonly artifacts: Awaited<ReturnType<typeof results>>['artifacts'] }): EarlierRun {
  const files = new Map<string, Uint8Array>();
  const stored = artifacts.flatMap((artifact) => {
    const path = `${artifact.kind}/${artifact.name}`;
    if (artifact.kind === 'json') files.set(path, new TextEncoder().encode(JSON.stringify(artifact.value)));
    if (artifact.kind === 'tensor') files.set(path, encodeNpy(artifact.shape, artifact.data));
    return files.has(path) ? [{ kind: artifact.kind, name: artifact.name, path }] : [];
  });
  const run = { visualizer: 'online-recognition', options: {}, status: 'done', artifacts: stored } as const;
  return {
    location: 'before',
    manifest: { runs: [run] } as unknown as EarlierRun['manifest'],
    read: async (path) => files.get(path),
  };
}
