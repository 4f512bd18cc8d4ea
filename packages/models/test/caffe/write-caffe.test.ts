import type { Layer, LayerName, Network } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { again, compared, withWeights, written } from './written.js';

type Loose<L> = L extends Layer ? Omit<L, 'name' | 'inputs'> & { readonly inputs?: readonly LayerName[] } : never;

const SIZE = [9, 8] as const;

/** Layers named `l1`, `l2`, …, each fed by the one before it unless it says otherwise. */
const net = (layers: readonly Loose<Layer>[], outputs?: readonly string[], size: readonly [number, number] = SIZE): Network => {
  const named = layers.map((layer, i): Layer => ({ inputs: [i === 0 ? 'x' : `l${i}`], ...layer, name: `l${i + 1}` }));
  return withWeights(
    { input: { name: 'x', shape: [...size, 3] }, layers: named, outputs: outputs ?? [`l${named.length}`], weights: new Map() },
    size,
  );
};

const sides = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });
const NONE = sides(0, 0, 0, 0);

const conv = (options: Partial<Extract<Layer, { kind: 'conv' }>> = {}): Loose<Layer> => ({
  kind: 'conv',
  kernelSize: [3, 2],
  filters: 4,
  stride: [1, 1],
  dilation: [1, 1],
  padding: NONE,
  groups: 1,
  bias: true,
  ...options,
});

const maxPool = (options: Partial<Extract<Layer, { kind: 'maxPool' }>> = {}): Loose<Layer> => ({
  kind: 'maxPool',
  size: [2, 2],
  stride: [2, 2],
  padding: NONE,
  ceilMode: false,
  ...options,
});

const avgPool = (options: Partial<Extract<Layer, { kind: 'avgPool' }>> = {}): Loose<Layer> => ({
  kind: 'avgPool',
  size: [2, 2],
  stride: [2, 2],
  padding: NONE,
  ceilMode: false,
  countIncludePad: true,
  ...options,
});

const dense = (inputOrder: 'hwc' | 'chw'): Loose<Layer> => ({ kind: 'dense', units: 5, bias: true, inputOrder });
const plain = (kind: 'relu' | 'tanh' | 'sigmoid' | 'softmax' | 'globalAvgPool' | 'identity'): Loose<Layer> => ({ kind });

describe('what is written for Caffe gives the same at every layer when it is read again', () => {
  it.each<[string, readonly Loose<Layer>[]]>([
    ['the padding of TensorFlow', [conv({ padding: 'same', stride: [2, 2] }), conv({ padding: 'sameLower', kernelSize: [4, 4] })]],
    ['more padding at the end', [conv({ padding: sides(0, 1, 2, 1), stride: [2, 3] })]],
    ['more padding at the beginning', [conv({ padding: sides(2, 1, 0, 0), groups: 1, bias: false })]],
    ['both, with dilation and groups', [conv({ padding: sides(4, 0, 2, 2), dilation: [2, 2], filters: 6, groups: 3 })]],
    ['pools that leave rows out', [maxPool(), maxPool({ size: [3, 3], padding: sides(1, 1, 1, 1) })]],
    ['pools that leave nothing out', [maxPool({ ceilMode: true }), maxPool({ size: [3, 3], ceilMode: true })]],
    ['pools padded at the end', [maxPool({ size: [3, 3], padding: sides(0, 0, 1, 1) }), maxPool({ padding: 'same' })]],
    [
      'pools in single steps',
      [maxPool({ size: [2, 3], stride: [1, 1], padding: sides(0, 1, 1, 1) }), maxPool({ stride: [1, 1], padding: 'same' })],
    ],
    [
      'means',
      [
        avgPool(),
        avgPool({ size: [3, 3], stride: [1, 1], padding: sides(0, 0, 1, 1) }),
        avgPool({ size: [3, 3], padding: sides(1, 1, 1, 1), stride: [1, 2] }),
      ],
    ],
    ['means of whole windows only', [avgPool({ size: [2, 3], stride: [2, 3], countIncludePad: false })]],
    ['zeros around a map', [{ kind: 'pad', padding: sides(1, 0, 3, 2), value: 0 }, conv()]],
    [
      'normalisations',
      [{ kind: 'batchNorm', epsilon: 1e-3 }, { kind: 'lrn', size: 3, alpha: 0.5, beta: 0.75, bias: 2 }, { kind: 'affine' }],
    ],
    [
      'activations',
      [{ kind: 'leakyRelu', slope: 0.2 }, plain('tanh'), plain('sigmoid'), { kind: 'clip', min: 0.3, max: 0.6 }, plain('softmax')],
    ],
    ['clips that are rectifiers', [{ kind: 'clip', min: 0, max: Number.POSITIVE_INFINITY }, plain('relu')]],
    ['dense layers on maps', [dense('hwc'), dense('chw')]],
    ['channels-first vectors', [{ kind: 'flatten', order: 'chw' }, plain('relu'), dense('chw')]],
    ['dropout and identity', [{ kind: 'dropout', rate: 0.3 }, plain('identity'), plain('globalAvgPool'), dense('hwc')]],
    ['convolutions on vectors', [dense('hwc'), conv({ kernelSize: [1, 1] }), maxPool({ size: [1, 1] }), dense('hwc')]],
    ['sums and products', [conv(), { kind: 'add', inputs: ['l1', 'l1'] }, { kind: 'multiply', inputs: ['l1', 'l2', 'l2'] }]],
    ['joins', [conv(), { kind: 'concat', inputs: ['l1', 'l1'] }, { kind: 'concat' }]],
    [
      'joins of vectors and means',
      [plain('globalAvgPool'), { ...dense('hwc'), inputs: ['x'] }, { kind: 'concat', inputs: ['l1', 'l2'] }, dense('hwc')],
    ],
    [
      'one value for all positions',
      [plain('globalAvgPool'), { kind: 'multiply', inputs: ['l1', 'x'] }, { kind: 'add', inputs: ['l2', 'l1'] }],
    ],
    [
      'shared weights',
      [conv({ filters: 3, padding: 'same' }), { ...conv({ filters: 3, padding: 'same' }), weightsOf: 'l1' } as Loose<Layer>],
    ],
  ])('%s', async (_, layers) => {
    const network = net(layers);
    expect(compared(network, await again(network, SIZE), SIZE).difference).toBeLessThan(1e-6);
  });

  it('vectors in the order height, width, channels, whose weights are rearranged', async () => {
    const network = net([
      { kind: 'flatten', order: 'hwc' },
      plain('relu'),
      { kind: 'batchNorm', epsilon: 0 },
      { kind: 'affine' },
      dense('hwc'),
    ]);
    expect(compared(network, await again(network, SIZE), SIZE, ['l5']).difference).toBeLessThan(1e-6);
  });

  it('the main output is the last again', async () => {
    const network = net([conv(), plain('relu'), { ...plain('tanh'), inputs: ['l1'] }], ['l3', 'l2']);
    const read = await again(network, SIZE);
    expect(read.outputs).toEqual(['l3', 'l2/output']);
    expect(compared(network, read, SIZE).difference).toBe(0);
  });

  it('what is read is written as it was, and nothing is added', async () => {
    const network = net([conv(), { kind: 'batchNorm', epsilon: 1e-5 }, maxPool({ ceilMode: true }), plain('relu'), dense('chw')]);
    const once = await again(network, SIZE);
    const twice = await again(once, SIZE);
    expect(twice).toEqual(once);
  });

  it('a layer of several messages keeps its name on the last one', () => {
    const network = net([maxPool()]);
    const text = new TextDecoder().decode(written(network, SIZE).get('net.prototxt'));
    expect(text).toMatchInlineSnapshot(`
      "name: "net"
      layer {
        name: "x"
        type: "Input"
        top: "x"
        input_param {
          shape {
            dim: 1
            dim: 3
            dim: 9
            dim: 8
          }
        }
      }
      layer {
        name: "l1/all"
        type: "Pooling"
        bottom: "x"
        top: "l1/all"
        pooling_param {
          pool: MAX
          kernel_size: 2
          stride: 2
        }
      }
      layer {
        name: "l1"
        type: "Convolution"
        bottom: "l1/all"
        top: "l1"
        convolution_param {
          num_output: 3
          bias_term: false
          group: 3
          kernel_h: 2
          kernel_w: 1
        }
      }
      "
    `);
  });
});

describe('what cannot be said in Caffe is refused with the name of the layer', () => {
  const messageOf = (network: Network): string => {
    try {
      written(network, [network.input.shape[0] ?? 0, network.input.shape[1] ?? 0]);
    } catch (error) {
      return error instanceof Error ? error.message : 'thrown';
    }
    return 'no error';
  };

  it('one by one', () => {
    const networks = [
      net([conv({ padding: sides(1, 0, 0, 0), dilation: [2, 1] })]),
      net([avgPool({ size: [3, 3], padding: sides(1, 1, 1, 1), countIncludePad: false })]),
      net([maxPool({ size: [1, 1], stride: [5, 5] })]),
      net([{ kind: 'pad', padding: sides(1, 1, 1, 1), value: 1 }]),
      net([{ kind: 'lrn', size: 2, alpha: 1, beta: 1, bias: 1 }]),
      net([plain('globalAvgPool'), { kind: 'multiply', inputs: ['x', 'l1', 'x'] }]),
      net([{ kind: 'flatten', order: 'hwc' }, plain('softmax')]),
      net([{ kind: 'flatten', order: 'hwc' }, plain('relu')]),
      { ...net([conv()]), weights: new Map() },
    ];
    expect(networks.map(messageOf)).toMatchInlineSnapshot(`
      [
        "The layer "l1" (conv) cannot be said in Caffe's format: its padding is 1, 0, 0, 0 (top, left, bottom, right) with dilation 2×1; Caffe pads both sides alike.",
        "The layer "l1" (avgPool) cannot be said in Caffe's format: its 5 windows of 3 positions in steps of 2, over 9 padded by 1 and 1, divide by 2 in window 1, where Caffe divides by 3.",
        "The layer "l1" (maxPool) cannot be said in Caffe's format: its 2 windows of 1 positions in steps of 5, over 9 padded by 0 and 0, are followed by one beyond the map in Caffe.",
        "The layer "l1" (pad) cannot be said in Caffe's format: it pads with 1; Caffe pads with zeros only.",
        "The layer "l1" (lrn) cannot be said in Caffe's format: it normalises over 2 channels; Caffe takes an odd number.",
        "The layer "l2" (multiply) cannot be said in Caffe's format: its inputs have different shapes (9×8×3, 1×1×3, 9×8×3); Caffe combines two such blobs only.",
        "The layer "l2" (softmax) cannot be said in Caffe's format: it depends on the order of a map that was flattened to height, width, channels; Caffe flattens to channels, height, width.",
        "The layer "l2" (relu) cannot be said in Caffe's format: it is an output in the order height, width, channels; Caffe has vectors in the order channels, height, width.",
        "The network cannot be written for Caffe: it has no weights.",
      ]
    `);
  });
});
