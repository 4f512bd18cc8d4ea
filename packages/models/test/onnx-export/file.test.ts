import { createRandom, type Layer, type Network, type Weight } from '@featurescope/core';
import { type Array4, referenceForward } from '@featurescope/core/testing';
import { decodeModel, encodeModel, type Loose, type ModelProto, type NodeProto } from '@featurescope/onnx';
import { describe, expect, it } from 'vitest';
import { decodeOnnx, exportOnnx, importOnnx } from '../../src/onnx/index.js';
import { exported, fileError, imported, normalInput, structureOf } from './round-trip.js';

const random = createRandom('file');
const weight = (...shape: number[]): Weight => ({
  shape,
  data: random.fillNormal(new Float32Array(shape.reduce((a, b) => a * b, 1)), 0, 0.5),
});

const NO_PADDING = { top: 0, left: 0, bottom: 0, right: 0 };

const conv = (name: string, input: string, filters: number): Layer => ({
  kind: 'conv',
  name,
  inputs: [input],
  kernelSize: [1, 1],
  filters,
  stride: [1, 1],
  dilation: [1, 1],
  padding: NO_PADDING,
  groups: 1,
  bias: false,
});

const dense = (name: string, input: string, units: number, inputOrder: 'hwc' | 'chw' = 'hwc'): Layer => ({
  kind: 'dense',
  name,
  inputs: [input],
  units,
  bias: false,
  inputOrder,
});

const network = (layers: readonly Layer[], weights: Readonly<Record<string, Weight>>, outputs?: readonly string[]): Network => ({
  input: { name: 'x', shape: [4, 3, 2] },
  layers,
  outputs: outputs ?? [layers.at(-1)?.name ?? ''],
  weights: new Map(Object.entries(weights)),
});

const INPUT: Array4 = normalInput([2, 4, 3, 2], 'input');
const SIZE = [4, 3] as const;

const operators = (bytes: Uint8Array): readonly string[] => (decodeModel(bytes).graph?.node ?? []).map(({ opType = '' }) => opType);

const expectSame = async (given: Network): Promise<Uint8Array> => {
  const bytes = exported(given, SIZE);
  expect(structureOf(imported(bytes))).toEqual(structureOf(given));
  expect(await fileError(bytes, given, INPUT)).toBeLessThan(1e-5);
  return bytes;
};

describe('values with and without positions', () => {
  it('meet in joins', async () => {
    const gate: readonly Layer[] = [
      conv('conv', 'x', 5),
      { kind: 'globalAvgPool', name: 'squeeze', inputs: ['conv'] },
      dense('excite', 'squeeze', 5),
      { kind: 'sigmoid', name: 'gate', inputs: ['excite'] },
      { kind: 'multiply', name: 'gated', inputs: ['conv', 'gate'] },
      { kind: 'add', name: 'sum', inputs: ['gate', 'gated', 'conv'] },
      { kind: 'concat', name: 'flats', inputs: ['excite', 'squeeze', 'gate'] },
      dense('scores', 'flats', 3, 'chw'),
    ];
    const weights = { 'conv/kernel': weight(1, 1, 2, 5), 'excite/kernel': weight(5, 5), 'scores/kernel': weight(15, 3) };
    await expectSame(network(gate, weights, ['sum', 'gated', 'scores']));
  });

  it('go through every layer that works on maps', async () => {
    const layers: readonly Layer[] = [
      dense('dense', 'x', 4),
      conv('conv', 'dense', 3),
      { kind: 'flatten', name: 'flat', inputs: ['conv'], order: 'hwc' },
      { kind: 'batchNorm', name: 'norm', inputs: ['flat'], epsilon: 1e-3 },
      { kind: 'affine', name: 'affine', inputs: ['norm'] },
      { kind: 'lrn', name: 'lrn', inputs: ['affine'], size: 3, alpha: 0.1, beta: 0.75, bias: 1 },
      { kind: 'flatten', name: 'again', inputs: ['lrn'], order: 'chw' },
      { kind: 'pad', name: 'pad', inputs: ['again'], padding: { ...NO_PADDING, left: 2 }, value: 0.5 },
      { kind: 'maxPool', name: 'pool', inputs: ['pad'], size: [1, 2], stride: [1, 1], padding: 'same', ceilMode: false },
      dense('last', 'pool', 2),
      { kind: 'softmax', name: 'prob', inputs: ['last'] },
    ];
    const positive = { shape: [3], data: Float32Array.of(0.5, 1, 2) };
    const weights = {
      'dense/kernel': weight(24, 4),
      'conv/kernel': weight(1, 1, 4, 3),
      'norm/scale': weight(3),
      'norm/offset': weight(3),
      'norm/mean': weight(3),
      'norm/variance': positive,
      'affine/scale': weight(3),
      'affine/offset': weight(3),
      'last/kernel': weight(9, 2),
    };
    await expectSame(network(layers, weights));
  });

  it('are flattened in the order of the layer', async () => {
    for (const order of ['hwc', 'chw'] as const) {
      const flat: Layer = { kind: 'flatten', name: 'flat', inputs: ['x'], order };
      await expectSame(network([flat, dense('y', 'flat', 3, order)], { 'y/kernel': weight(24, 3) }));
      await expectSame(network([dense('y', 'x', 3, order)], { 'y/kernel': weight(24, 3) }));
    }
  });
});

describe('names and sharing', () => {
  it('keeps names that its own nodes and tensors would have', async () => {
    const layers: readonly Layer[] = [
      conv('y/kernel', 'x', 2),
      { kind: 'relu', name: 'y/flatten', inputs: ['y/kernel'] },
      { kind: 'identity', name: 'y/transpose', inputs: ['y/flatten'] },
      dense('y', 'y/transpose', 3),
    ];
    await expectSame(network(layers, { 'y/kernel/kernel': weight(1, 1, 2, 2), 'y/kernel': weight(24, 3) }));
  });

  it('stores shared weights once, of every kind that has some', async () => {
    const layers: readonly Layer[] = [
      conv('a', 'x', 2),
      { kind: 'affine', name: 'scale', inputs: ['a'] },
      { ...conv('b', 'scale', 2), weightsOf: 'a' },
      { kind: 'affine', name: 'again', inputs: ['b'], weightsOf: 'scale' },
    ];
    const weights = { 'a/kernel': weight(1, 1, 2, 2), 'scale/scale': weight(2), 'scale/offset': weight(2) };
    const bytes = await expectSame(network(layers, weights));
    expect(decodeModel(bytes).graph?.initializer.map(({ name }) => name)).toEqual([
      'a/kernel',
      'scale/scale',
      'scale/offset',
      'zeros of 2',
      'ones of 2',
    ]);
    expect([...imported(bytes).weights.keys()].sort()).toEqual(Object.keys(weights).sort());
  });
});

describe('the size of the input', () => {
  const open: Network = {
    ...network([conv('y', 'x', 2)], { 'y/kernel': weight(1, 1, 2, 2) }),
    input: { name: 'x', shape: [null, null, 2] },
  };
  const read = (bytes: Uint8Array) => importOnnx(decodeOnnx(bytes, 'y.onnx'), 'y.onnx');

  it('stays open, and the recommended one is kept', () => {
    const { size, fixedSize, network: back } = read(exported(open, [19, 21]));
    expect({ size, fixedSize, shape: back.input.shape }).toEqual({ size: [19, 21], fixedSize: false, shape: [null, null, 2] });
  });

  it('stays fixed', () => {
    const { size, fixedSize } = read(exported(network(open.layers, Object.fromEntries(open.weights)), SIZE));
    expect({ size, fixedSize }).toEqual({ size: [4, 3], fixedSize: true });
  });
});

it('stores weights in half precision and computes in single', async () => {
  const given = network([conv('a', 'x', 4), dense('y', 'a', 3)], { 'a/kernel': weight(1, 1, 2, 4), 'y/kernel': weight(48, 3) });
  const bytes = exported(given, SIZE, { precision: 'float16' });
  expect(bytes.length).toBeLessThan(exported(given, SIZE).length);
  const back = imported(bytes);
  expect(structureOf(back)).toEqual(structureOf(given));
  expect(operators(bytes).filter((name) => name === 'Cast')).toHaveLength(2);
  expect(await fileError(bytes, given, INPUT)).toBeLessThan(2e-3);
  expect(await fileError(bytes, back, INPUT)).toBeLessThan(1e-5);
});

/** The same file with other notes. */
const renoted = (bytes: Uint8Array, note: (node: NodeProto) => string | undefined): Uint8Array => {
  const model = decodeModel(bytes);
  const nodes = (model.graph?.node ?? []).map(({ docString: _, ...node }): Loose<NodeProto> => {
    const docString = note(node as NodeProto);
    return { ...node, ...(docString !== undefined && { docString }) };
  });
  return encodeModel({ ...model, graph: { ...model.graph, node: nodes } } as Loose<ModelProto>);
};

describe('notes that are not ours', () => {
  const layers: readonly Layer[] = [
    conv('a', 'x', 2),
    { kind: 'relu', name: 'relu', inputs: ['a'] },
    { kind: 'batchNorm', name: 'norm', inputs: ['relu'], epsilon: 0 },
    { kind: 'multiply', name: 'square', inputs: ['norm', 'norm'] },
    { kind: 'flatten', name: 'flat', inputs: ['square'], order: 'hwc' },
    { kind: 'tanh', name: 'tanh', inputs: ['flat'] },
    dense('y', 'tanh', 3, 'chw'),
  ];
  const weights = {
    'a/kernel': weight(1, 1, 2, 2),
    'norm/scale': weight(2),
    'norm/offset': weight(2),
    'norm/mean': weight(2),
    'norm/variance': { shape: [2], data: Float32Array.of(1, 2) },
    'y/kernel': weight(24, 3),
  };
  const given = network(layers, weights);
  const bytes = exported(given, SIZE);
  const expected = referenceForward(given, INPUT, { wanted: ['y'] }).values.get('y');

  it.each([
    ['everything is a part of the last layer', () => 'part of the layer y'],
    ['everything is a part of a layer that is not there', () => 'part of the layer nobody'],
    ['everything is a part of itself', ({ name = '' }: NodeProto) => `part of the layer ${name}`],
    ['everything only scales and shifts', () => 'scale and offset of each channel'],
    ['everything has its channels last', () => 'inputs in the order height, width, channels'],
    ['nothing is noted', () => undefined],
  ])('do not change what a network gives: %s', (_, note) => {
    const back = imported(renoted(bytes, note));
    const result = referenceForward(back, INPUT, { wanted: ['y'] }).values.get('y');
    expect(result?.data.map((value) => Math.fround(value))).toEqual(expected?.data.map((value) => Math.fround(value)));
  });

  it('are not followed in the file of another tool', () => {
    const model = decodeModel(exported(network([dense('y', 'x', 3)], { 'y/kernel': weight(24, 3) }), SIZE));
    const back = imported(encodeModel({ ...model, producerName: 'other' } as Loose<ModelProto>));
    expect(back.layers.map(({ name }) => name)).toEqual(['y/input', 'y/transpose', 'y/flatten', 'y']);
  });

  it('cannot make a small file into a large network', () => {
    const squares = Array.from(
      { length: 40 },
      (_, i): Layer => ({
        kind: 'multiply',
        name: `m${i}`,
        inputs: i === 0 ? ['x', 'x'] : [`m${i - 1}`, `m${i - 1}`],
      }),
    );
    const back = imported(
      renoted(exported(network(squares, {}), SIZE), ({ name }) => (name === 'm39' ? undefined : 'part of the layer m39')),
    );
    expect(back.layers).toHaveLength(40);
  });
});

describe('what cannot be written', () => {
  const write =
    (given: Network, options = {}) =>
    () =>
      exported(given, SIZE, options);
  const one = (layer: object): Network => network([{ name: 'y', inputs: ['x'], kind: 'identity', ...layer } as Layer], {});

  it('names the layer and the reason', () => {
    expect(write(one({ kind: 'lrn', size: 3, alpha: 0, beta: 0.75, bias: 1 }))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The layer "y" (lrn) cannot be written to ONNX: its alpha is 0 and its beta 0.75; expected numbers above 0.]`,
    );
    expect(write(one({ kind: 'lrn', size: 4, alpha: 1, beta: 0.75, bias: 1 }))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The layer "y" (lrn) cannot be written to ONNX: it normalises over 4 channels; expected an odd number.]`,
    );
    expect(
      write(network([{ kind: 'constant', name: 'y', inputs: [], shape: [2 ** 30] }, conv('z', 'x', 1)], {})),
    ).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The layer "y" (constant) cannot be written to ONNX: it stands for 1073741824 values, more than 16777216.]`,
    );
    expect(write(network([{ kind: 'constant', name: 'y', inputs: [], shape: [2] }], {}))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The layer "y" (constant) cannot be written to ONNX: it is an output, but its values are not kept.]`,
    );
    expect(write(network([conv('z', 'x', 1)], {}))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The layer "z" has no kernel, so it cannot be written to ONNX. Expected a network with weights: a trained model, not an architecture.]`,
    );
  });

  it('a padding that changes with an open size', () => {
    const layer = { ...conv('y', 'x', 2), kernelSize: [3, 3], stride: [2, 2], dilation: [2, 2], padding: 'same' } as Layer;
    const open: Network = { ...network([layer], { 'y/kernel': weight(3, 3, 2, 2) }), input: { name: 'x', shape: [null, null, 2] } };
    expect(write(open)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The layer "y" (conv) cannot be written to ONNX: the padding "same" of its 3×3 window, dilated by 2×2, in steps of 2×2 depends on the size of the map, which is open.]`,
    );
  });

  it('weights that half precision or one file cannot hold', () => {
    const large = network([conv('y', 'x', 1)], { 'y/kernel': { shape: [1, 1, 2, 1], data: Float32Array.of(1, 7e4) } });
    expect(write(large, { precision: 'float16' })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The weight "y/kernel" holds 70000, which half precision cannot represent (largest value: 65504). Write it in single precision.]`,
    );
    const huge = { shape: [2 ** 30], data: { length: 2 ** 30 } as Float32Array };
    const input = { size: SIZE, channels: 2, fixedSize: true };
    expect(() =>
      exportOnnx({ name: 'huge', network: network([conv('y', 'x', 1)], { 'y/kernel': huge }), input }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The weights take 4294967296 bytes, but one ONNX file holds at most 2130706432. Half precision needs half of it.]`,
    );
  });
});
