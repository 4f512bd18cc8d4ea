import { isFeaturescopeError, type Network } from '@featurescope/core';
import { float, type Loose, type NodeProto, node } from '@featurescope/onnx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeOnnx, importOnnx } from '../../src/onnx/index.js';
import { modelBytes, type SmallGraph } from './against-onnxruntime.js';

/** A network, or the error that a user would see; anything else is thrown on. */
const attempt = (bytes: Uint8Array): Network | string => {
  try {
    return importOnnx(decodeOnnx(bytes, 'net.onnx'), 'net.onnx').network;
  } catch (error) {
    if (isFeaturescopeError(error)) return error.message;
    throw error;
  }
};

const GRAPH: SmallGraph = {
  nodes: [
    node('Conv', ['x', 'w', 'b'], ['c'], { pads: [1, 1, 1, 1], strides: [2, 2], group: 1 }),
    node('BatchNormalization', ['c', 'b', 'b', 'b', 'positive'], ['n'], { epsilon: float(0.1) }),
    node('Clip', ['n', 'lo'], ['r']),
    node('MaxPool', ['r'], ['p'], { kernel_shape: [2, 2], ceil_mode: 1 }),
    node('LRN', ['p'], ['l'], { size: 3 }),
    node('Concat', ['l', 'p'], ['j'], { axis: 1 }),
    node('Shape', ['j'], ['s']),
    node('Gather', ['s', 'zero'], ['g'], { axis: 0 }),
    node('Concat', ['g', 'minus'], ['t'], { axis: 0 }),
    node('Reshape', ['j', 't'], ['f']),
    node('Gemm', ['f', 'd'], ['y'], { transB: 1 }),
    node('Softmax', ['y'], ['z']),
  ],
  random: { w: [4, 3, 3, 3], b: [4], positive: [4], d: [5, 160] },
  tensors: [{ name: 'lo', dims: [], dataType: 1, floatData: [0] }],
  integers: { zero: [0], minus: [-1] },
};

describe('damaged ONNX files give an error or a network, never anything else', () => {
  const good = modelBytes(GRAPH);

  it('as they are', () => expect(attempt(good)).toMatchObject({ outputs: ['z'] }));

  it('cut off', () => {
    for (let end = 0; end < good.length; end += 3) attempt(good.subarray(0, end));
  });

  it('with changed bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), (changes) => {
        const bytes = good.slice();
        for (const [at, value] of changes) bytes[at] = value;
        attempt(bytes);
      }),
      { numRuns: 1500 },
    );
  });

  it('with changed bytes among nodes and names', () => {
    const end = good.indexOf(0x2a, 600);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(end), fc.integer({ min: 0, max: 7 })), { minLength: 1, maxLength: 4 }), (flips) => {
        const bytes = good.slice();
        for (const [at, bit] of flips) bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        attempt(bytes);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('absurd numbers give an error or a network', () => {
  const size = fc.oneof(
    fc.constantFrom(0, -1, 1, 2, 3, 2 ** 20, 2 ** 31, 2 ** 40, -(2 ** 31), 2 ** 53 - 1),
    fc.integer({ min: -5, max: 40 }),
  );
  const sizes = fc.array(size, { maxLength: 6 });
  const attributes = fc.dictionary(
    fc.constantFrom(
      'kernel_shape',
      'strides',
      'pads',
      'dilations',
      'group',
      'axis',
      'axes',
      'perm',
      'size',
      'shape',
      'ceil_mode',
      'ratio',
      'transB',
      'keepdims',
    ),
    fc.oneof(size, sizes),
    { maxKeys: 5 },
  );
  const operator = fc.constantFrom(
    ...[
      'Conv',
      'MaxPool',
      'AveragePool',
      'Reshape',
      'Flatten',
      'Squeeze',
      'Unsqueeze',
      'Transpose',
      'Concat',
      'Pad',
      'LRN',
      'Softmax',
      'Gather',
      'Slice',
      'ConstantOfShape',
    ],
    ...[
      'Gemm',
      'MatMul',
      'Add',
      'Mul',
      'ReduceMean',
      'Clip',
      'Dropout',
      'Shape',
      'BatchNormalization',
      'GlobalAveragePool',
      'Identity',
      'Cast',
    ],
  );
  const names = ['x', 'w', 'v', 'b', 'i', ''];
  const nodes = fc.array(fc.tuple(operator, fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }), attributes), {
    minLength: 1,
    maxLength: 5,
  });

  it('in attributes, shapes and inputs', () => {
    fc.assert(
      fc.property(nodes, sizes, fc.constantFrom(7, 9, 11, 13, 18), fc.tuple(size, size, size), (drafts, integers, opset, [c, h, w]) => {
        const made: Loose<NodeProto>[] = [];
        drafts.forEach(([name, inputs, given], at) => {
          const known = [...names, ...made.map((_, i) => `n${i}`)];
          made.push(
            node(
              name,
              inputs.map((i) => known[(known.length - 1 - i + known.length) % known.length] ?? 'x'),
              [`n${at}`],
              given,
            ),
          );
        });
        attempt(
          modelBytes({
            nodes: made,
            random: { w: [4, 3, 3, 3], v: [3, 4], b: [3] },
            integers: { i: integers },
            opset,
            input: [1, c, h, w],
          }),
        );
        attempt(modelBytes({ nodes: made, random: { w: [4, 3, 3, 3], v: [3, 4], b: [3] }, integers: { i: integers }, opset }));
      }),
      { numRuns: 1500 },
    );
  });
});

describe('small files that ask for much', () => {
  const chain = (count: number, make: (from: string, to: string) => Loose<NodeProto>): Loose<NodeProto>[] =>
    Array.from({ length: count }, (_, i) => make(i === 0 ? 'x' : `n${i - 1}`, `n${i}`));

  it('channels doubled over and over', () => {
    expect(attempt(modelBytes({ nodes: chain(60, (from, to) => node('Concat', [from, from], [to], { axis: 1 })) }))).toContain(
      'more than a gigabyte',
    );
  });

  it('padding without end', () => {
    expect(
      attempt(
        modelBytes({
          nodes: chain(60, (from, to) => node('Pad', [from, 'p'], [to])),
          integers: { p: [0, 0, 9000, 9000, 0, 0, 9000, 9000] },
        }),
      ),
    ).toContain('more than a gigabyte');
  });

  it('one constant applied to more and more channels', () => {
    const nodes = [
      ...chain(20, (from, to) => node('Concat', [from, from], [to], { axis: 1 })),
      ...Array.from({ length: 40 }, (_, i) => node('Mul', ['n19', `s${i}`], [`m${i}`])),
    ];
    const tensors = Array.from({ length: 40 }, (_, i) => ({ name: `s${i}`, dims: [1], dataType: 1, floatData: [i] }));
    expect(attempt(modelBytes({ nodes, tensors, input: [1, 3, 1, 1] }))).toContain('asks for far more weights than it contains');
  });

  it('twenty thousand nodes of one name, in reverse', () => {
    const nodes = chain(20_000, (from, to) => ({ ...node('Relu', [from], [to]), name: 'same' })).reverse();
    const network = attempt(modelBytes({ nodes, output: 'n19999' }));
    expect(network).toMatchObject({ outputs: ['n19999'] });
  });
});
