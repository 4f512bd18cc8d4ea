import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, validateConfig } from '@featurescope/core';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { absence } from '../examples/support/models.mjs';
import { networks } from '../examples/visualizing-and-understanding/networks.js';
import { numbersOf } from '../examples/visualizing-and-understanding/numbers.mjs';
import { kinds, scene } from '../examples/visualizing-and-understanding/scenes.mjs';
import { temporaryFolder } from '../packages/cli/test/support/folder.js';
import { sharedModel } from '../packages/cli/test/support/shared-models.js';
import { locateModel, readModel } from '../packages/models/src/index.js';
import { configOf, eventsOf, figuresIn, withOptions } from './support/examples.js';

const EXAMPLE = 'visualizing-and-understanding';
const figures = figuresIn(EXAMPLE);

/** Options under which a figure takes little time. */
const SMALL: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'top-activations': { units: [0, 3, 5], top: 4, sheetUnits: 2 },
  evolution: { checkpoints: ['photonet@1', 'photonet@64'], units: [0, 3], sheetUnits: 1 },
  filters: { units: [0, 1, 2], noise: 2 },
  sanity: { randomLogits: 1 },
  'deletion-insertion': { steps: 4, randomOrders: 1 },
};

const small = withOptions(SMALL);

const folder = temporaryFolder();

/** The data set of the small figures: a scene of each kind. */
const scenes = join(folder, 'scenes');
beforeAll(async () => {
  mkdirSync(scenes);
  for (const kind of kinds)
    await sharp(Buffer.from(scene(kind, 0)))
      .flatten()
      .toFile(join(scenes, `${kind}-00.png`));
});

/** The results that each figure is made of. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  top: ['image sheet'],
  evolution: ['image grid', 'plot settled'],
  methods: ['image comparison'],
  networks: ['image comparison'],
  filters: ['image filters', 'image fits', 'plot orientation-frequency'],
  sanity: ['image sanity', 'plot sanity-mean'],
  'deletion-insertion': ['image stages', 'plot deletion-insertion'],
};

describe('the figures', () => {
  it('are those that are shown', () => expect(figures.toSorted()).toEqual(Object.keys(SHOWN).toSorted()));

  it.for(figures)('%s can be made, from a correct config, and its numbers read', async (figure) => {
    const config = await configOf(EXAMPLE, figure);
    expect(() => validateConfig(config)).not.toThrow();
    const out = join(folder, 'out', figure);
    const quick: Config = {
      ...config,
      ...(config.dataset === undefined ? {} : { dataset: scenes }),
      ...(config.inputs === undefined ? {} : { inputs: config.inputs.slice(0, 2) }),
      // With one network there is nothing to put beside it.
      ...(Array.isArray(config.model) ? { model: ['photonet', 'photonet@1'] } : {}),
      out,
      visualizers: config.visualizers.map(small),
    };
    const events = await eventsOf(quick);
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', status: 'done', failed: 0 });
    const made = events.flatMap((event) => (event.type === 'artifact' ? [`${event.artifact.kind} ${event.artifact.name}`] : []));
    for (const name of SHOWN[figure] ?? []) expect(made).toContain(name);
    expect(numbersOf(`${out}/`).length).toBeGreaterThan(0);
  });
});

describe('the numbers of a figure', () => {
  const numbersFrom = (name: string, lines: readonly string[]): readonly string[] => {
    const out = join(folder, `table-${name}`);
    mkdirSync(out);
    writeFileSync(join(out, 'table.csv'), `${lines.join('\n')}\n`);
    const runs = [{ visualizer: 'some', options: {}, artifacts: [{ kind: 'table', name, path: 'table.csv' }] }];
    writeFileSync(join(out, 'manifest.json'), JSON.stringify({ runs }));
    return numbersOf(`${out}/`);
  };

  it('count the kinds of the strongest pictures, by folders or names, without units that never fire', () => {
    const rows = ['a,0,1,ship-03.png,2', 'a,0,2,ship-11.png,1', 'a,0,3,dog-01.png,1', 'a,0,4,"test/ship/0001.jpg",1', 'a,1,1,dog-02.png,0'];
    expect(numbersFrom('top', ['layer,unit,rank,input,value', ...rows])).toEqual([
      'a: 0.75 of the strongest pictures of a unit are of one kind (mean over 1 units)',
    ]);
  });

  it('find the epoch after which the strongest picture stays', () => {
    const unit = (number: number, value: number, ...changed: readonly boolean[]) =>
      changed.map((change, i) => `a,${number},photonet@${[1, 20, 40][i]},${value},${change}`);
    const rows = [...unit(0, 1, false, false, false), ...unit(1, 1, false, true, false), ...unit(2, 0, false, false, false)];
    expect(numbersFrom('evolution', ['layer,unit,checkpoint,value,changed', ...rows])).toEqual([
      'a: units whose strongest picture stays: 0.5 by epoch 10, 1 by epoch 20, 1 by epoch 30, 1 by epoch 40',
    ]);
  });
});

describe('the tables of the figures', () => {
  it.for(Object.keys(networks))('%s has the layers of its row', async (name, { skip }) => {
    const path = name === 'photonet' ? name : sharedModel(`${name}/${name}.onnx`);
    if (path === undefined) return skip(`there is no ${name}`);
    const { network } = await readModel(await locateModel(path));
    const names = network.layers.map((layer) => layer.name);
    const { layers = [], explained = [] } = networks[name] ?? {};
    expect(layers.length).toBeGreaterThan(0);
    for (const layer of [...layers, ...explained]) expect(names).toContain(layer);
  });

  it('say of a network that is not bundled why it is left out', () => {
    expect(absence('photonet')).toBeUndefined();
    expect(absence('no-such-network')).toMatch(/no-such-network.*FEATURESCOPE_MODELS/);
  });
});

describe('the scenes', () => {
  it('are the same each time, differ from each other, and are of every kind that photonet knows', async () => {
    const [one, again, other] = [scene('ship', 1), scene('ship', 1), scene('ship', 2)];
    expect(again).toBe(one);
    expect(other).not.toBe(one);
    expect(kinds).toEqual(
      expect.arrayContaining(['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck']),
    );
    const { width, height } = await sharp(Buffer.from(one)).metadata();
    expect([width, height]).toEqual([256, 256]);
  });
});
