import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  convolutional,
  createRandom,
  type FlattenOrder,
  inferShapes,
  type Layer,
  type Network,
  type Shape,
  validateNetwork,
} from '../../src/index.js';
import { drawn, withRandomWeights } from '../../src/testing/conformance/network-case.js';
import { around, avgPool, conv, dense, linked, maxPool, plain, type Row, relu } from '../../src/testing/conformance/table.js';
import { tinyNetwork } from '../../src/testing/index.js';
import type { Array4 } from '../../src/testing/reference/array4.js';
import { referenceForward } from '../../src/testing/reference/forward.js';

/** Whole numbers as weights: every sum is exact, in whatever order it is made. */
const networkOf = (shape: Shape, rows: readonly Row[]): Network => {
  const layers = linked('input', rows);
  const bare: Network = { input: { name: 'input', shape }, layers, outputs: [layers.at(-1)?.name ?? ''], weights: new Map() };
  return withRandomWeights(bare, shape, createRandom('weights'), 'integers');
};
const picture = (shape: Shape, seed = 'picture'): Array4 => drawn([1, ...shape], createRandom(seed), 'integers');
const flatten = (order: FlattenOrder): Row => ({ kind: 'flatten', order });
const outputs = (network: Network, input: Array4) => referenceForward(network, input).values;
const layer = (network: Network, name: string): Layer | undefined => network.layers.find((one) => one.name === name);

const crop = ({ shape: [, , width, channels], data }: Array4, top: number, left: number, [h, w, c]: Shape): Array4 => ({
  shape: [1, h, w, c],
  data: Float64Array.from({ length: h * w * c }, (_, i) => {
    const [y, x] = [top + Math.floor(i / c / w), left + (Math.floor(i / c) % w)];
    return data[(y * width + x) * channels + (i % c)] ?? Number.NaN;
  }),
});
const at = ({ shape: [, , width, channels], data }: Array4, y: number, x: number): number[] => [
  ...data.subarray((y * width + x) * channels, (y * width + x + 1) * channels),
];

const SHAPE: Shape = [11, 9, 2];
const below: readonly Row[] = [conv(3, 4, { name: 'conv1' }), relu(), maxPool(2, 2, { name: 'pool1' })];
const above: readonly Row[] = [relu(), dense(5, { name: 'fc2' }), relu(), dense(3, { name: 'fc3', bias: false })];
const heads: readonly (readonly [string, readonly Row[]])[] = [
  ['hwc', [dense(6, { name: 'fc1', inputOrder: 'hwc' })]],
  ['chw', [dense(6, { name: 'fc1', inputOrder: 'chw' })]],
  ['flatten hwc', [flatten('hwc'), dense(6, { name: 'fc1', inputOrder: 'chw' })]],
  ['flatten chw', [flatten('chw'), relu(), { kind: 'dropout', rate: 0.5 }, dense(6, { name: 'fc1' })]],
  ['flatten twice', [flatten('chw'), flatten('hwc'), plain('concat'), dense(6, { name: 'fc1' })]],
];

describe.each(heads)('a head of dense layers, %s', (_, head) => {
  const network = networkOf(SHAPE, [...below, ...head, ...above, plain('softmax', { name: 'prob' })]);
  const spread = convolutional(network, SHAPE);

  it('gives the same numbers at its own size', () => {
    const [before, after] = [outputs(network, picture(SHAPE)), outputs(spread, picture(SHAPE))];
    for (const name of ['pool1', 'fc1', 'fc2', 'fc3', 'prob']) expect(after.get(name)).toEqual(before.get(name));
  });

  it('gives at each place of a larger picture what it gives on that part alone', () => {
    const larger = picture([17, 15, 2]);
    const found = outputs(spread, larger).get('prob');
    expect(found?.shape).toEqual([1, 4, 4, 3]);
    for (let y = 0; y < 4; y++)
      for (let x = 0; x < 4; x++) {
        const alone = outputs(network, crop(larger, 2 * y, 2 * x, SHAPE)).get('prob');
        expect(found && at(found, y, x)).toEqual([...(alone?.data ?? [])]);
      }
  });

  it('keeps names, order and input channels, and is valid at both sizes', () => {
    expect(spread.layers.map(({ name, inputs }) => [name, inputs])).toEqual(network.layers.map(({ name, inputs }) => [name, inputs]));
    expect(spread.input).toEqual({ name: 'input', shape: [null, null, 2] });
    expect(spread.outputs).toEqual(network.outputs);
    expect(layer(spread, 'fc1')).toMatchObject({ kind: 'conv', kernelSize: [4, 3], filters: 6, bias: true });
    expect(layer(spread, 'fc2')).toMatchObject({ kind: 'conv', kernelSize: [1, 1], filters: 5 });
    expect(layer(spread, 'fc3')).toMatchObject({ kind: 'conv', kernelSize: [1, 1], bias: false });
    validateNetwork(spread, SHAPE);
    validateNetwork(spread, [17, 15, 2]);
  });
});

it('agrees with the network on every part of a picture, whatever its kernels, strides and order', () => {
  const size = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(
      fc.tuple(size, size),
      fc.tuple(size, size),
      fc.constantFrom<FlattenOrder>('hwc', 'chw'),
      fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
      fc.integer({ min: 0, max: 3 }),
      ([ky, kx], [sy, sx], inputOrder, [rows, columns], extra) => {
        // The convolution gives rows × columns positions, and `extra` more along both axes of the larger picture.
        const sized = (more: number): Shape => [ky + (rows + more - 1) * sy, kx + (columns + more - 1) * sx, 2];
        const network = networkOf(sized(0), [conv([ky, kx], 3, { stride: [sy, sx] }), dense(2, { name: 'fc', inputOrder })]);
        const larger = picture(sized(extra));
        const found = outputs(convolutional(network), larger).get('fc');
        expect(found?.shape).toEqual([1, extra + 1, extra + 1, 2]);
        for (let y = 0; y <= extra; y++)
          for (let x = 0; x <= extra; x++) {
            const alone = outputs(network, crop(larger, y * sy, x * sx, sized(0))).get('fc');
            expect(found && at(found, y, x)).toEqual([...(alone?.data ?? [])]);
          }
      },
    ),
    { numRuns: 40 },
  );
});

describe('weights', () => {
  it('are shared as before where both layers look at the same size', () => {
    const twins = networkOf(
      [4, 4, 3],
      [
        conv(1, 3, { name: 'a', inputs: ['input'] }),
        dense(5, { name: 'left', inputs: ['input'], inputOrder: 'chw' }),
        dense(5, { name: 'right', inputs: ['a'], inputOrder: 'chw', weightsOf: 'left' }),
        plain('add', { name: 'sum', inputs: ['left', 'right'] }),
      ],
    );
    const spread = convolutional(twins);
    expect(layer(spread, 'right')).toMatchObject({ kind: 'conv', weightsOf: 'left' });
    expect([...spread.weights.keys()]).toEqual([...twins.weights.keys()]);
    expect(outputs(spread, picture([4, 4, 3])).get('sum')).toEqual(outputs(twins, picture([4, 4, 3])).get('sum'));
  });

  it('are copied where one layer looks at a map and the other at a vector', () => {
    const shape: Shape = [2, 2, 3];
    const network = networkOf(shape, [
      dense(12, { name: 'one', inputOrder: 'chw' }),
      relu(),
      dense(12, { name: 'two', inputOrder: 'chw', weightsOf: 'one' }),
    ]);
    const spread = convolutional(network);
    expect(layer(spread, 'two')).not.toHaveProperty('weightsOf');
    expect([...spread.weights].map(([name, weight]) => [name, weight.shape])).toEqual([
      ['one/kernel', [2, 2, 3, 12]],
      ['one/bias', [12]],
      ['two/kernel', [1, 1, 12, 12]],
      ['two/bias', [12]],
    ]);
    expect(outputs(spread, picture(shape)).get('two')).toEqual(outputs(network, picture(shape)).get('two'));
  });

  it('become kernels of a layer behind a global pooling too when it shares them', () => {
    const shape: Shape = [1, 1, 4];
    const network = networkOf(shape, [
      plain('globalAvgPool', { name: 'gap', inputs: ['input'] }),
      dense(4, { name: 'one' }),
      dense(4, { name: 'two', inputs: ['input'], weightsOf: 'one' }),
      plain('multiply', { name: 'product', inputs: ['one', 'two'] }),
    ]);
    const spread = convolutional(network);
    expect(spread.layers.map(({ kind }) => kind)).toEqual(['globalAvgPool', 'conv', 'conv', 'multiply']);
    expect(inferShapes(spread, [3, 2, 4]).get('product')).toEqual([3, 2, 4]);
    expect(outputs(spread, picture(shape)).get('product')).toEqual(outputs(network, picture(shape)).get('product'));
  });

  it('of the network itself stay as they are, and may be missing', () => {
    const network = networkOf(SHAPE, [...below, dense(6, { name: 'fc1', inputOrder: 'chw' })]);
    const before = [...network.weights].map(([name, { shape, data }]) => [name, [...shape], [...data]]);
    convolutional(network);
    expect([...network.weights].map(([name, { shape, data }]) => [name, [...shape], [...data]])).toEqual(before);
    const bare = convolutional({ ...network, weights: new Map() });
    expect(bare.weights.size).toBe(0);
    expect(layer(bare, 'fc1')).toMatchObject({ kind: 'conv', kernelSize: [4, 3] });
  });
});

it('leaves a network alone that takes any size already', () => {
  const tiny = tinyNetwork();
  expect(convolutional(tiny, [12, 10, 3])).toBe(tiny);
  const flattened = networkOf([6, 6, 2], [conv(3, 4), plain('globalAvgPool'), flatten('chw'), dense(3), plain('softmax')]);
  const open: Network = { ...flattened, input: { name: 'input', shape: [null, null, 2] } };
  expect(convolutional(open, [6, 6, 2])).toBe(open);
  expect(convolutional(flattened).layers).toEqual(flattened.layers);
  expect(convolutional(flattened).input.shape).toEqual([null, null, 2]);
});

it('adds vectors of maps that are laid out alike', () => {
  const shape: Shape = [3, 2, 2];
  const network = networkOf(shape, [
    conv(1, 2, { name: 'a', inputs: ['input'] }),
    { kind: 'flatten', order: 'chw', name: 'va' },
    { kind: 'flatten', order: 'chw', name: 'vb', inputs: ['input'] },
    plain('add', { inputs: ['va', 'vb'] }),
    dense(3, { name: 'fc' }),
  ]);
  expect(outputs(convolutional(network), picture(shape)).get('fc')).toEqual(outputs(network, picture(shape)).get('fc'));
});

describe('what cannot be done at several places', () => {
  const message = (rows: readonly Row[]): string => {
    try {
      convolutional(networkOf([4, 4, 2], rows));
    } catch (error) {
      return error instanceof Error ? error.message : 'thrown';
    }
    return 'fine';
  };

  it('is a layer that mixes or numbers the positions of a vector', () => {
    expect(message([flatten('hwc'), plain('softmax', { name: 'prob' }), dense(2)])).toMatchInlineSnapshot(
      `"layer "prob" of kind softmax works on a flattened map, which cannot be done at several places of a larger picture: only dense layers and functions of single numbers can. Use the network at its own size."`,
    );
    expect(message([flatten('hwc'), { kind: 'batchNorm', epsilon: 1e-3, name: 'norm' }, dense(2)])).toContain('"norm" of kind batchNorm');
    expect(message([flatten('hwc'), plain('globalAvgPool', { name: 'gap' })])).toContain('"gap"');
    const mixed: readonly Row[] = [
      { kind: 'flatten', order: 'hwc', name: 'a', inputs: ['input'] },
      { kind: 'flatten', order: 'chw', name: 'b', inputs: ['input'] },
      plain('add', { name: 'sum', inputs: ['a', 'b'] }),
    ];
    expect(message(mixed)).toContain('"sum" of kind add');
  });

  it('is a gate that is as large as the picture only by its pool', () => {
    const gate: readonly Row[] = [
      conv(3, 2, { name: 'map', padding: around(1) }),
      avgPool(4, 4),
      dense(2, { name: 'gate' }),
      plain('multiply', { name: 'gated', inputs: ['map', 'gate'] }),
    ];
    expect(message(gate)).toMatchInlineSnapshot(
      `"the network cannot be applied at several places of a larger picture: layer "gated": inputs of different shapes: 8×8×2 and 2×2×2. Use the network at its own size."`,
    );
  });
});
