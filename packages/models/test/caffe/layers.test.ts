import { inferShapes, type Network } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { type Blobs, blob, INPUT, layer, read } from './build.js';
import { activations, fromChw } from './caffe-files.js';

/** What the last layer gives, in Caffe's order, for a picture in Caffe's order. */
const run = (network: Network, picture: readonly number[], [height, width]: readonly [number, number]): number[] => {
  const name = network.outputs.at(-1) ?? '';
  const channels = network.input.shape[2];
  const nhwc = fromChw(picture, channels);
  const given = activations(network, [height, width], nhwc, [name]).get(name) ?? [];
  const depth = inferShapes(network, [height, width, channels]).get(name)?.[2] ?? 1;
  const positions = given.length / depth;
  return Array.from(given, (_, i) => rounded(given[(i % positions) * depth + Math.floor(i / positions)] ?? Number.NaN));
};

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

const input = (channels: number, height: number, width: number): string =>
  `input: "data" input_dim: [1, ${channels}, ${height}, ${width}]\n`;

const computed = async (
  shape: readonly [number, number, number],
  picture: readonly number[],
  text: string,
  weights: Blobs = {},
): Promise<number[]> => {
  const { network } = await read(input(...shape) + text, weights);
  return run(network, picture, [shape[1], shape[2]]);
};

const row = [1, 2, 3, 4, 5, 6];

describe("Caffe's pools, by hand", () => {
  const pool = (parameters: string) => computed([1, 1, 6], row, layer('p', 'Pooling', 'data', `pooling_param { ${parameters} }`));

  it('round the number of windows up', async () => {
    expect(await pool('kernel_h: 1 kernel_w: 3 stride: 2')).toEqual([3, 5, 6]);
    expect(await pool('pool: AVE kernel_h: 1 kernel_w: 3 stride: 2')).toEqual([2, 4, 5.5]);
  });

  it('round down where that is asked for', async () => {
    expect(await pool('kernel_h: 1 kernel_w: 3 stride: 2 round_mode: FLOOR')).toEqual([3, 5]);
  });

  it('have no window that begins in the padding at the end', async () => {
    expect(await pool('kernel_h: 1 kernel_w: 2 stride_h: 1 stride_w: 3 pad_h: 0 pad_w: 1')).toEqual([1, 4, 6]);
    expect(await pool('kernel_h: 1 kernel_w: 3 stride_h: 1 stride_w: 7 pad_h: 0 pad_w: 2')).toEqual([1, 6]);
    expect(await pool('kernel_h: 1 kernel_w: 3 stride_h: 1 stride_w: 8 pad_h: 0 pad_w: 2')).toEqual([1]);
  });

  it('count padding in a mean as far as the padded map goes', async () => {
    expect(await pool('pool: AVE kernel_h: 1 kernel_w: 4 stride_h: 1 stride_w: 3 pad_h: 0 pad_w: 1')).toEqual([1.5, 4.5, 3]);
    expect(await pool('pool: AVE kernel_h: 1 kernel_w: 4 stride_h: 1 stride_w: 4 pad_h: 0 pad_w: 2')).toEqual([0.75, 4.5]);
  });

  it('pool the whole map', async () => {
    expect(await pool('pool: AVE global_pooling: true')).toEqual([3.5]);
    expect(await pool('global_pooling: true')).toEqual([6]);
    const { network, fixedSize } = await read(input(1, 4, 6) + layer('p', 'Pooling', 'data', 'pooling_param { global_pooling: true }'));
    expect([network.input.shape, fixedSize]).toEqual([[4, 6, 1], true]);
  });
});

describe("Caffe's other layers, by hand", () => {
  it('an inner product takes channels first, and may be stored transposed', async () => {
    const picture = [1, 2, 10, 20];
    const matrix = [1, 2, 3, 4, 0, 0, 0, 1];
    const text = (parameters: string) => layer('f', 'InnerProduct', 'data', `inner_product_param { num_output: 2 ${parameters} }`);
    expect(await computed([2, 1, 2], picture, text(''), { f: [blob([2, 4], matrix), blob([2], [1000, 2000])] })).toEqual([1115, 2020]);
    const turned = [1, 0, 2, 0, 3, 0, 4, 1];
    expect(await computed([2, 1, 2], picture, text('transpose: true bias_term: false'), { f: [blob([4, 2], turned)] })).toEqual([115, 20]);
  });

  it('normalisation across channels divides alpha by the size and starts from k', async () => {
    const text = layer('n', 'LRN', 'data', 'lrn_param { local_size: 3 alpha: 6 beta: 1 k: 2 }');
    expect(await computed([3, 1, 1], [1, 2, 3], text)).toEqual([1 / 12, 2 / 30, 3 / 28].map(rounded));
  });

  it('normalisation within channels takes all neighbours for the mean, also those beyond the border', async () => {
    const text = layer('n', 'LRN', 'data', 'lrn_param { local_size: 3 alpha: 9 beta: 1 k: 5 norm_region: WITHIN_CHANNEL }');
    expect(await computed([2, 1, 3], [1, 2, 3, 10, 0, 0], text)).toEqual([1 / 6, 2 / 15, 3 / 14, 10 / 101, 0, 0].map(rounded));
    const { network } = await read(input(2, 1, 3) + text);
    expect(network.layers.map(({ name, kind }) => `${name} ${kind}`)).toEqual(['n/neighbours conv', 'n/normalised lrn', 'n conv']);
  });

  it('batch normalisation divides its sums by the scale factor', async () => {
    const text = layer('b', 'BatchNorm', 'data', 'batch_norm_param { eps: 0 }');
    expect(await computed([2, 1, 1], [5, 7], text, { b: [blob([2], [4, 8]), blob([2], [8, 32]), blob([1], [2])] })).toEqual([1.5, 0.75]);
    const without = { b: [blob([2], [4, 8]), blob([2], [8, 32]), blob([1], [0])] };
    const eps = text.replace('eps: 0', 'eps: 0.25');
    expect(await computed([2, 1, 1], [5, 7], eps, without)).toEqual([10, 14]);
  });

  it('scales, offsets and shifts', async () => {
    const scale = (parameters: string) => layer('s', 'Scale', 'data', `scale_param { ${parameters} }`);
    expect(await computed([2, 1, 1], [5, 7], scale('bias_term: true'), { s: [blob([2], [2, 3]), blob([2], [1, 2])] })).toEqual([11, 23]);
    expect(await computed([2, 1, 1], [5, 7], scale('num_axes: 0'), { s: [blob([], [2])] })).toEqual([10, 14]);
    expect(await computed([2, 1, 1], [5, 7], layer('s', 'Bias', 'data'), { s: [blob([2], [1, -1])] })).toEqual([6, 6]);
    expect(await computed([2, 1, 1], [5, 7], layer('s', 'Power', 'data', 'power_param { scale: -2 shift: 1 }'))).toEqual([-9, -13]);
  });

  it('scales and offsets by the values of another blob', async () => {
    const pooled = layer('g', 'Pooling', 'data', 'pooling_param { pool: AVE global_pooling: true }') + layer('f', 'Flatten', 'g');
    const scaled = pooled + layer('s', 'Scale', 'data', 'bottom: "f" scale_param { axis: 0 }');
    expect(await computed([2, 1, 2], [1, 3, 10, 20], scaled)).toEqual([2, 6, 150, 300]);
    const shifted = pooled + layer('s', 'Bias', 'data', 'bottom: "f" bias_param { axis: 0 }');
    expect(await computed([2, 1, 2], [1, 3, 10, 20], shifted)).toEqual([3, 5, 25, 35]);
  });

  it('sums, products, clips and slopes', async () => {
    const twice = (parameters: string) => layer('e', 'Eltwise', 'data', `bottom: "data" eltwise_param { ${parameters} }`);
    expect(await computed([2, 1, 1], [5, 7], twice(''))).toEqual([10, 14]);
    expect(await computed([2, 1, 1], [5, 7], twice('operation: PROD'))).toEqual([25, 49]);
    expect(await computed([2, 1, 1], [-5, 7], layer('c', 'Clip', 'data', 'clip_param { min: -1 max: 6 }'))).toEqual([-1, 6]);
    expect(await computed([2, 1, 1], [-5, 7], layer('r', 'ReLU', 'data', 'relu_param { negative_slope: 0.1 }'))).toEqual([-0.5, 7]);
  });

  it('vectors have channels first', async () => {
    const flat = layer('f', 'Flatten', 'data');
    expect(await computed([2, 1, 3], row, flat)).toEqual(row);
    for (const [dims, rest] of [
      ['dim: 0 dim: -1', ''],
      ['dim: 0 dim: 6', ''],
      ['dim: 1 dim: -1 dim: 1 dim: 1', ''],
      ['dim: -1', 'axis: 1'],
    ])
      expect(await computed([2, 1, 3], row, layer('f', 'Reshape', 'data', `reshape_param { shape { ${dims} } ${rest} }`))).toEqual(row);
  });
});

describe('blobs and layers', () => {
  it('layers that work in place keep their names, and later ones take the last value', async () => {
    const inPlace = layer('r', 'ReLU', 'data').replace('top: "r"', 'top: "data"') + layer('s', 'Sigmoid', 'data');
    const { network } = await read(INPUT + inPlace);
    expect(network.layers).toMatchObject([
      { name: 'r', inputs: ['data'] },
      { name: 's', inputs: ['r'] },
    ]);
  });

  it('layers keep their own names where their blobs have others', async () => {
    const { network } = await read(
      'layer { name: "in" type: "Input" top: "x" input_param { shape { dim: 1 dim: 2 dim: 5 dim: 5 } } }' +
        layer('r', 'ReLU', 'x').replace('top: "r"', 'top: "y"') +
        layer('t', 'TanH', 'y'),
    );
    expect(network.input.name).toBe('in');
    expect(network.layers.map(({ name, inputs }) => [name, ...inputs])).toEqual([
      ['r', 'in'],
      ['t', 'r'],
    ]);
  });

  it('a split gives all its tops the same', async () => {
    const split = 'layer { name: "s" type: "Split" bottom: "data" top: "a" top: "b" }\n';
    const { network } = await read(INPUT + split + layer('t', 'TanH', 'a') + layer('r', 'ReLU', 'b'));
    expect(network.layers.map(({ inputs }) => inputs)).toEqual([['data'], ['s'], ['s']]);
    expect(network.outputs).toEqual(['t', 'r']);
  });

  it('weights of old files have axes of size 1 in front, or doubles', async () => {
    const text = input(1, 1, 2) + layer('f', 'InnerProduct', 'data', 'inner_product_param { num_output: 1 }');
    const doubles = { width: 8 as const, pieces: [new Uint8Array(Float64Array.of(3, 4).buffer)] };
    const old = { num: 1, channels: 1, height: 1, width: 2, double_data: doubles };
    const { network } = await read(text, { f: [old, { ...blob([], [1]), shape: undefined }] });
    expect(run(network, [10, 100], [1, 2])).toEqual([431]);
  });
});
