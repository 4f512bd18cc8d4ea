import { join } from 'node:path';
import { type ConfiguredVisualizer, validateConfig } from '@featurescope/core';
import { dream } from 'featurescope';
import { expect, it } from 'vitest';
import { networks } from '../examples/deep-dream-report/networks.js';
import { temporaryFolder } from '../packages/cli/test/support/folder.js';
import { sharedModel } from '../packages/cli/test/support/shared-models.js';
import { vgg16 } from '../packages/models/src/architectures/index.js';
import { configOf, eventsOf, figuresIn } from './support/examples.js';

const EXAMPLE = 'deep-dream-report';
const figures = figuresIn(EXAMPLE);

/** Options under which a figure takes no time: one step at a size that every layer can see. */
const TINY: Readonly<Record<string, unknown>> = {
  iterations: 1,
  octaves: 1,
  longSide: 32,
  size: [32, 32],
  tileSize: [24, 24],
  tileOverlap: 8,
  frameEvery: 0,
};

type Fields = Readonly<Record<string, unknown>>;

/** One step, and what was given, where that is large, made tiny; also inside a comparison of several. */
function small(options: Fields, given: Fields): Fields {
  if (given['dreams']) {
    const dreams = Object.entries(given['dreams'] as Readonly<Record<string, Fields>>);
    return { dreams: Object.fromEntries(dreams.map(([name, fields]) => [name, small(dream.visualizer.options.shape, fields)])) };
  }
  const fields = Object.entries(given).map(([name, value]) => [name, TINY[name] ?? value]);
  return { ...Object.fromEntries(fields), iterations: 1, ...(options['octaves'] ? { octaves: 1 } : {}) };
}

const tiny = ({ visualizer, given }: ConfiguredVisualizer): ConfiguredVisualizer => {
  const fields = small(visualizer.options.shape, given as Fields);
  return { visualizer, given: fields, options: visualizer.options.parse(fields) };
};

const folder = temporaryFolder();
const doodlenet = sharedModel('doodlenet/model.json');

it('has the layers of VGG-16 by the numbers of the report', () => {
  const { layers } = vgg16();
  expect(networks['vgg16']?.depths.map(({ layer }) => layers[Number(layer) - 1]?.name)).toEqual(['conv1_2', 'conv3_3', 'conv5_2']);
  const names = layers.map(({ name }) => name);
  for (const layer of networks['vgg16']?.guided ?? []) if (typeof layer === 'string') expect(names).toContain(layer);
});

it('has the twelve figures', () => expect(figures).toHaveLength(12));

it.for(figures)('the figure %s has a correct config, and every visualizer of it makes a picture', async (figure, { skip }) => {
  const config = await configOf(EXAMPLE, figure);
  expect(() => validateConfig(config)).not.toThrow();
  expect(config.visualizers.length).toBeGreaterThan(0);

  const model = config.model === 'doodlenet' ? doodlenet : config.model;
  if (config.model === 'doodlenet' && model === undefined) skip('there is no doodlenet');
  const quick = { ...config, ...(model && { model }), out: join(folder, figure), visualizers: config.visualizers.map(tiny) };
  const events = await eventsOf(quick);
  expect(events.at(-1)).toMatchObject({ type: 'run-finished', status: 'done', failed: 0 });
  const drawn = events.flatMap((event) =>
    event.type === 'artifact' && event.artifact.kind === 'image' && event.artifact.name !== 'input' ? [event.index] : [],
  );
  expect(new Set(drawn).size).toBe(config.visualizers.length);
});
