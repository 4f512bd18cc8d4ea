import '@tensorflow/tfjs';
import {
  type Artifact,
  createModel,
  createRandom,
  type Image,
  type InputSpec,
  initializeWeights,
  type Model,
  type RunContext,
  type VisualizerEvent,
} from '@featurescope/core';
import { bareModel, eventProblems, referenceExecutor, testContext, testVisualizer, tinyModel } from '@featurescope/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filters } from '../../src/filters/filters.js';
import { type Gabor, gaborPlane } from '../../src/filters/gabor/gabor.js';
import { conv, dense, networkOf, type Row } from '../support/networks.js';

type Given = Parameters<typeof filters>[0];
type Of<K extends Artifact['kind']> = Extract<Artifact, { readonly kind: K }>;

testVisualizer(filters, { describe, it });
testVisualizer(filters, { describe, it, options: { noise: 2, units: [0, 2] }, createModel: () => planted() });
testVisualizer(filters, { describe, it, options: { layer: 'conv2', planes: 3, scale: 'shared', with: 'another' } });

/** The Gabors of the planted network; the last two are copies in another strength, and nothing. */
const PLANTED: readonly Gabor[] = [0, 1, 2, 3].map((i) => ({
  orientation: 0.2 + 0.7 * i,
  frequency: 0.12 + 0.06 * i,
  phase: 0.5 * i,
  sigmaX: 2,
  sigmaY: 1.6,
  amplitude: 1,
  centre: [4, 4],
  offset: 0,
}));

/** A network whose first filters of 9×9 are Gabors, in colours; its fifth is its second doubled, its sixth is dead. */
async function planted(preprocessing?: InputSpec['preprocessing'], name = 'planted'): Promise<Model> {
  const kernel = new Float32Array(81 * 3 * 6);
  const colours = [0.9, 0.3, 0.1];
  PLANTED.forEach((gabor, filter) => {
    gaborPlane(gabor, [9, 9]).forEach((value, place) => {
      colours.forEach((weight, c) => {
        kernel[(place * 3 + c) * 6 + filter] = weight * value;
        if (filter === 1) kernel[(place * 3 + c) * 6 + 4] = 2 * weight * value;
      });
    });
  });
  kernel[5] = 1e-4;
  const weights = new Map([
    ['conv1/kernel', { shape: [9, 9, 3, 6], data: kernel }],
    ['conv1/bias', { shape: [6], data: new Float32Array(6) }],
  ]);
  const network = networkOf(3, [conv('conv1', [9, 9], 6)], weights);
  const input = { size: [12, 12], channels: 3, fixedSize: false, ...(preprocessing && { preprocessing }) } as const;
  return createModel({ name, network, input, executor: referenceExecutor });
}

const preprocessing = (channelOrder: 'rgb' | 'bgr') => ({ channelOrder, scale: 1, mean: [0, 0, 0], std: [1, 1, 1] });

async function look(models: readonly Model[], given: Given = {}, change: Partial<RunContext> = {}) {
  const [model] = models;
  if (!model) throw new Error('no model');
  const events: VisualizerEvent[] = [];
  const context = { ...testContext({ model, inputs: [] }), models, ...change };
  for await (const event of filters.visualizer.run(context, filters({ noise: 0, ...given }).options as never)) events.push(event);
  expect(eventProblems(events)).toEqual([]);
  const artifacts = events.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));
  const find = <K extends Artifact['kind']>(kind: K, name: string): Of<K> => {
    const found = artifacts.find((artifact): artifact is Of<K> => artifact.kind === kind && artifact.name === name);
    if (!found) throw new Error(`no ${kind} ${name} among ${artifacts.map((artifact) => artifact.name).join(', ')}`);
    return found;
  };
  const warnings = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
  return { artifacts, find, warnings, names: artifacts.map(({ name }) => name) };
}

const pixel = ({ data, width, channels }: Image, y: number, x: number): readonly number[] =>
  Array.from(data.subarray((y * width + x) * channels, (y * width + x + 1) * channels));

let model: Model;
beforeAll(async () => {
  model = await planted();
});
afterAll(() => model.dispose());

describe('filters', () => {
  it('finds the Gabors that the filters are, the copy and the dead one', async () => {
    const { find } = await look([model]);
    const { columns, rows, description } = find('table', 'gabor');
    expect(columns.slice(0, 7)).toEqual(['filter', 'orientation', 'frequency', 'phase', 'sigmaX', 'sigmaY', 'r2']);
    expect(rows.map(([filter]) => filter)).toEqual([0, 1, 2, 3, 4, 5]);
    PLANTED.forEach(({ orientation, frequency, phase, sigmaX, sigmaY }, i) => {
      const expected = [i, orientation, frequency, phase, sigmaX, sigmaY, 1].map((value) => expect.closeTo(value, 3));
      expect(rows[i]?.slice(0, 7)).toEqual(expected);
    });
    expect(rows[4]?.slice(1, 3)).toEqual(rows[1]?.slice(1, 3).map((value) => expect.closeTo(Number(value), 6)));
    expect(rows[5]?.slice(0, 7)).toEqual([5, 0, 0, 0, 0, 0, 0]);
    expect(description).toBe('5 of 6 filters of planted have r² of at least 0.8');
    const census = find('table', 'census').rows;
    expect(census.map(([, , dead, duplicateOf]) => [dead, duplicateOf])).toEqual([
      ...Array.from({ length: 4 }, () => [false, '']),
      [false, 1],
      [true, ''],
    ]);
    expect(find('image', 'filters').description).toContain('6 filters of conv1 of planted, 9×9×3: 1 dead, 1 duplicate;');
  });

  it('hands over the kernels as they are', async () => {
    const { find } = await look([model]);
    const { shape, data, layer } = find('tensor', 'kernels');
    expect({ shape, layer }).toEqual({ shape: [9, 9, 3, 6], layer: 'conv1' });
    expect(data).toEqual(model.network.weights.get('conv1/kernel')?.data);
  });

  it('shows colours as the network sees them, enlarged by repeating', async () => {
    // The centre of the first filter is its strongest place: 0.9, 0.3 and 0.1 of its channels.
    const levels = [1, 1 / 3, 1 / 9].map((share) => Math.round(127.5 * (1 + share)));
    for (const [order, expected] of [
      ['rgb', levels],
      ['bgr', levels.toReversed()],
    ] as const) {
      const { find } = await look([await planted(preprocessing(order))], { side: 27, gabor: false });
      const { image } = find('image', 'filters');
      // Three pixels a value, after a gap of three.
      for (const [y, x] of [
        [15, 15],
        [17, 17],
      ] as const)
        expect(pixel(image, y, x)).toEqual(expected.map((value) => expect.closeTo(value, -0.1)));
      expect(pixel(image, 14, 14)).not.toEqual(pixel(image, 15, 15));
    }
  });

  it('weakens weak filters on a shared scale only', async () => {
    const brightest = async (scale: 'filter' | 'shared') => {
      const { image } = (await look([model], { scale, gabor: false, units: [1, 4], side: 9 })).find('image', 'filters');
      // The middle of the first of two cells: its copy is twice as strong.
      return pixel(image, 3 + 4, 3 + 4)[0] ?? 0;
    };
    const [own, shared] = [await brightest('filter'), await brightest('shared')];
    expect(shared - 127.5).toBeCloseTo((own - 127.5) / 2, -0.3);
  });

  it('takes the luminance with the weights where the colours are', async () => {
    // Three channels of one shape: any direction has the same Gabor, but not the same strength.
    const amplitude = async (order: 'rgb' | 'bgr') => {
      const { find } = await look([await planted(preprocessing(order))], { projection: 'luminance', units: [0] });
      const { columns, rows } = find('table', 'gabor');
      return Number(rows[0]?.[columns.indexOf('amplitude')]);
    };
    const length = Math.hypot(0.299, 0.587, 0.114);
    expect(await amplitude('rgb')).toBeCloseTo((0.299 * 0.9 + 0.587 * 0.3 + 0.114 * 0.1) / length, 4);
    expect(await amplitude('bgr')).toBeCloseTo((0.114 * 0.9 + 0.587 * 0.3 + 0.299 * 0.1) / length, 4);
  });

  it('shows planes of six channels in a row for each filter', async () => {
    const six = await randomNetwork(6, [conv('first', [5, 5], 4)]);
    const { find } = await look([six], { side: 10, gabor: false });
    const { image, description } = find('image', 'filters');
    // Rows of six planes of 10 with gaps of 2 around, in one column with gaps of 5, a number of 5 + 2 pixels below each.
    expect([image.width, image.height]).toEqual([6 * 12 + 2 + 10, 4 * (14 + 5 + 7) + 5]);
    expect(description).toContain('4 filters of first of test, 5×5×6, a row of input channels each');
    const kernel = six.network.weights.get('first/kernel')?.data ?? new Float32Array();
    const most = Math.max(...Array.from(kernel).flatMap((value, i) => (i % 4 === 0 ? [Math.abs(value)] : [])));
    // The first value of the third channel of the first filter.
    expect(pixel(image, 5 + 2, 5 + 2 + 2 * 12)[0]).toBeCloseTo(127.5 * (1 + (kernel[2 * 4] ?? 0) / most), -0.3);
    const fewer = (await look([six], { side: 10, gabor: false, planes: 2 })).find('image', 'filters').image;
    expect(fewer.width).toBeLessThan(image.width);
  });

  it('sets two networks side by side: grids, tables and one cloud', async () => {
    const other = await planted(preprocessing('bgr'), 'other');
    const alone = (await look([model])).find('image', 'filters').image;
    for (const { find, names } of [await look([model, other]), await look([model], { with: 'other' }, { loadModel: async () => other })]) {
      expect(names).toEqual(['filters', 'kernels', 'census', 'kernels-2', 'census-2', 'gabor', 'gabor-2', 'fits', 'orientation-frequency']);
      expect(find('image', 'filters').image.width).toBeGreaterThan(2 * alone.width);
      const { values } = find('plot', 'orientation-frequency').plot['data'] as { values: { series: string; x: number; r2: number }[] };
      expect(values.map(({ series }) => series)).toEqual([...Array(5).fill('conv1 of planted'), ...Array(5).fill('conv1 of other')]);
      expect(values[2]?.x).toBeCloseTo((1.6 * 180) / Math.PI, 1);
    }
  });

  it('shows the fits of networks below each other, each as they are alone', async () => {
    const small = await randomNetwork(1, [conv('first', [9, 9], 2)]);
    const [above, below] = [(await look([model])).find('image', 'fits').image, (await look([small])).find('image', 'fits').image];
    const both = (await look([model, small])).find('image', 'fits').image;
    expect([both.width, both.height]).toEqual([above.width, above.height + below.height]);
    expect(both.data.subarray(0, above.data.length)).toEqual(above.data);
    for (const [y, x] of [
      [0, 0],
      [20, 30],
      [below.height - 1, below.width - 1],
    ] as const)
      expect(pixel(both, above.height + y, x)).toEqual(pixel(below, y, x));
  });

  it('looks at the first filters where there are many', async () => {
    const { find } = await look([model], { most: 2 });
    expect(find('table', 'census').rows.map(([filter]) => filter)).toEqual([0, 1]);
    expect(find('table', 'gabor').rows).toHaveLength(2);
    expect(find('image', 'filters').description).toContain('2 of 6 filters of conv1');
    expect(find('tensor', 'kernels').shape).toEqual([9, 9, 3, 6]);
    expect((await look([model], { most: 1, units: [3, 0, 3], gabor: false })).find('table', 'census').rows.map(([f]) => f)).toEqual([3, 0]);
  });

  it('marks poor fits', async () => {
    const noisy = await randomNetwork(1, [conv('first', [9, 9], 4)]);
    const fit = async (network: Model) =>
      (await look([network])).find('plot', 'orientation-frequency').plot['data'] as { values: { fit: string }[] };
    expect((await fit(noisy)).values.map((value) => value.fit)).toEqual(Array(4).fill('r² < 0.8'));
    expect((await fit(model)).values.map((value) => value.fit)).toEqual(Array(5).fill('r² ≥ 0.8'));
    const orange = ({ data }: Image) => data.some((value, i) => i % 3 === 0 && value === 214 && data[i + 1] === 96 && data[i + 2] === 20);
    expect(orange((await look([noisy])).find('image', 'fits').image)).toBe(true);
    expect(orange((await look([model], { units: [0, 1] })).find('image', 'fits').image)).toBe(false);
  });

  it('says what r² is worth, by the fits of noise', async () => {
    const small = await randomNetwork(3, [conv('first', [4, 4], 2)]);
    const { find, warnings } = await look([small], { noise: 40 });
    expect(find('table', 'gabor').description).toMatch(/of white noise one in twenty exceeds 0\.\d\d$/);
    expect(warnings).toEqual([expect.stringMatching(/r² says little about first of test: one in twenty kernels of white noise/)]);
    expect((await look([model], { noise: 10 })).warnings).toEqual([]);
  });

  it('fits nothing to kernels of 3×3, and says so', async () => {
    const tiny = await tinyModel();
    const { names, warnings } = await look([tiny]);
    tiny.dispose();
    expect(names).toEqual(['filters', 'kernels', 'census']);
    expect(warnings).toMatchInlineSnapshot(`
      [
        "filters: no Gabor is fitted to conv1 of tiny, whose kernels of 3×3 have no more values than a Gabor has parameters (9), so that any kernel would be fitted.",
      ]
    `);
  });

  it('refuses what has no filters', async () => {
    const tiny = await tinyModel();
    await expect(look([tiny], { layer: 'relu2' })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: filters: layer "relu2" is of kind relu and has no filters; expected a convolution, such as "conv2" or "conv1".]`,
    );
    await expect(look([tiny], { layer: 'conv1', units: [2, 6] })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: filters: layer "conv1" has no filter 6: expected numbers from 0 to 5, or all.]`,
    );
    const without = await randomNetwork(2, [dense('only', 3)]);
    await expect(look([without])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: filters: the network "test" has no convolution, and so no filters to look at.]`,
    );
    const bare = await bareModel(4);
    await expect(look([tiny, bare], { layer: 'conv2' })).rejects.toThrow(/no layer "conv2"/);
    for (const used of [tiny, without, bare]) used.dispose();
  });
});

function randomNetwork(channels: number, rows: readonly Row[]): Promise<Model> {
  const network = networkOf(channels, rows);
  const shape = [12, 12, channels] as const;
  const sized = { ...network, input: { name: 'input', shape } };
  const weights = initializeWeights(sized, shape, { kernel: 'he', deviation: 0.1, bias: 0.1 }, createRandom(3));
  const input = { size: [12, 12], channels, fixedSize: true } as const;
  return createModel({ name: 'test', network: { ...sized, weights }, input, executor: referenceExecutor });
}
