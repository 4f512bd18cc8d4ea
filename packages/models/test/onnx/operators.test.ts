import { float, node } from '@featurescope/onnx';
import { describe, expect, it } from 'vitest';
import { expectSameAsOnnxRuntime, type SmallGraph } from './against-onnxruntime.js';

const conv = (attributes: Parameters<typeof node>[3], kernel: readonly number[] = [4, 3, 3, 3]): SmallGraph => ({
  nodes: [node('Conv', ['x', 'w', 'b'], ['y'], attributes)],
  random: { w: kernel, b: [kernel[0] ?? 1] },
});
const pool = (operator: string, attributes: Parameters<typeof node>[3], opset = 13): SmallGraph => ({
  nodes: [node(operator, ['x'], ['y'], attributes)],
  opset,
});
const constantOf = (operator: string, dims: readonly number[]): SmallGraph => ({
  nodes: [node(operator, ['x', 'positive'], ['y'])],
  random: { positive: dims },
});

const CASES: Readonly<Record<string, SmallGraph>> = {
  'Conv without padding': conv({}),
  'Conv with uneven padding and stride': conv({ pads: [1, 0, 2, 3], strides: [2, 3] }),
  'Conv with dilation': conv({ dilations: [2, 3], pads: [1, 1, 1, 1] }),
  'Conv SAME_UPPER': conv({ auto_pad: 'SAME_UPPER', strides: [2, 2] }, [4, 3, 2, 4]),
  'Conv SAME_LOWER': conv({ auto_pad: 'SAME_LOWER', strides: [2, 2] }, [4, 3, 2, 4]),
  'Conv VALID': conv({ auto_pad: 'VALID', kernel_shape: [3, 3] }),
  'Conv in groups': { ...conv({ group: 2, pads: [1, 1, 1, 1] }, [6, 2, 3, 3]), input: [1, 4, 5, 6] },
  'Conv depthwise': { ...conv({ group: 4 }, [8, 1, 3, 3]), input: [1, 4, 5, 6] },
  'Conv without bias': { nodes: [node('Conv', ['x', 'w'], ['y'])], random: { w: [2, 3, 1, 5] } },
  'Conv with weights among the inputs': { ...conv({}), oldStyle: true, opset: 8 },
  'Gemm after Flatten': {
    nodes: [node('Flatten', ['x'], ['f']), node('Gemm', ['f', 'w', 'b'], ['y'], { transB: 1 })],
    random: { w: [5, 24], b: [5] },
    input: [1, 2, 3, 4],
  },
  'Gemm with alpha, beta and one bias': {
    nodes: [node('Flatten', ['x'], ['f']), node('Gemm', ['f', 'w', 'b'], ['y'], { alpha: float(0.5), beta: float(-2) })],
    random: { w: [24, 5], b: [1] },
    input: [1, 2, 3, 4],
  },
  'MatMul and Add of a bias': {
    nodes: [node('Reshape', ['x', 'shape'], ['f']), node('MatMul', ['f', 'w'], ['m']), node('Add', ['m', 'b'], ['y'])],
    random: { w: [24, 5], b: [5] },
    integers: { shape: [1, -1] },
    input: [1, 2, 3, 4],
  },
  'MatMul with reshaped weights (CNTK)': {
    nodes: [
      node('Reshape', ['x', 'shape'], ['f']),
      node('Reshape', ['w', 'wshape'], ['w2']),
      node('MatMul', ['f', 'w2'], ['m']),
      node('Add', ['m', 'b'], ['y']),
    ],
    random: { w: [2, 3, 4, 5], b: [1, 5] },
    integers: { shape: [1, 24], wshape: [24, 5] },
    input: [1, 2, 3, 4],
  },
  'MatMul with transposed weights': {
    nodes: [node('Flatten', ['x'], ['f']), node('Transpose', ['w'], ['wt'], { perm: [1, 0] }), node('MatMul', ['f', 'wt'], ['y'])],
    random: { w: [5, 24] },
    input: [1, 2, 3, 4],
  },
  Relu: { nodes: [node('Relu', ['x'], ['y'])] },
  LeakyRelu: { nodes: [node('LeakyRelu', ['x'], ['y'], { alpha: float(0.3) })] },
  'LeakyRelu by default': { nodes: [node('LeakyRelu', ['x'], ['y'])] },
  Tanh: { nodes: [node('Tanh', ['x'], ['y'])] },
  Sigmoid: { nodes: [node('Sigmoid', ['x'], ['y'])] },
  'Clip by attributes': { nodes: [node('Clip', ['x'], ['y'], { min: float(-0.2), max: float(0.4) })], opset: 9 },
  'Clip by inputs': {
    nodes: [
      node('Constant', [], ['lo'], { value: { dims: [], dataType: 1, floatData: [-0.25] } }),
      node('Constant', [], ['hi'], { value_float: float(0.5) }),
      node('Clip', ['x', 'lo', 'hi'], ['y']),
    ],
  },
  'Clip on one side': { nodes: [node('Constant', [], ['lo'], { value_float: float(0.1) }), node('Clip', ['x', 'lo'], ['y'])] },
  MaxPool: pool('MaxPool', { kernel_shape: [3, 2], strides: [2, 2] }),
  'MaxPool with padding': pool('MaxPool', { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 0, 1] }),
  'MaxPool in ceil mode': pool('MaxPool', { kernel_shape: [3, 3], strides: [2, 3], ceil_mode: 1 }),
  'MaxPool in ceil mode with a window in the padding': pool('MaxPool', {
    kernel_shape: [2, 2],
    strides: [2, 2],
    pads: [1, 1, 1, 1],
    ceil_mode: 1,
  }),
  'MaxPool SAME_UPPER': pool('MaxPool', { kernel_shape: [2, 2], strides: [2, 2], auto_pad: 'SAME_UPPER' }),
  'MaxPool SAME_LOWER': pool('MaxPool', { kernel_shape: [2, 2], strides: [2, 2], auto_pad: 'SAME_LOWER' }),
  'MaxPool of opset 8': pool('MaxPool', { kernel_shape: [3, 3], strides: [2, 2] }, 8),
  AveragePool: pool('AveragePool', { kernel_shape: [3, 3], strides: [2, 2] }),
  'AveragePool without counting padding': pool('AveragePool', { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }),
  'AveragePool counting padding': pool('AveragePool', { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1], count_include_pad: 1 }),
  'AveragePool in ceil mode': pool('AveragePool', { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 }),
  'AveragePool in ceil mode counting padding': pool(
    'AveragePool',
    { kernel_shape: [3, 3], strides: [2, 3], pads: [1, 1, 1, 1], ceil_mode: 1, count_include_pad: 1 },
    19,
  ),
  'AveragePool SAME_UPPER': pool('AveragePool', { kernel_shape: [3, 2], strides: [2, 2], auto_pad: 'SAME_UPPER' }),
  GlobalAveragePool: pool('GlobalAveragePool', {}),
  'ReduceMean over height and width': pool('ReduceMean', { axes: [2, 3] }),
  'ReduceMean that drops axes': pool('ReduceMean', { axes: [-1, -2], keepdims: 0 }),
  'ReduceMean of opset 18': { nodes: [node('ReduceMean', ['x', 'axes'], ['y'])], integers: { axes: [2, 3] }, opset: 18 },
  LRN: { nodes: [node('LRN', ['x'], ['y'], { size: 3, alpha: float(0.9), beta: float(0.6), bias: float(1.5) })], input: [1, 7, 4, 4] },
  'LRN over more channels than there are': { nodes: [node('LRN', ['x'], ['y'], { size: 9, alpha: float(2) })], input: [1, 3, 2, 2] },
  BatchNormalization: {
    nodes: [node('BatchNormalization', ['x', 's', 'b', 'm', 'positive'], ['y'], { epsilon: float(0.01) })],
    random: { s: [3], b: [3], m: [3], positive: [3] },
  },
  'BatchNormalization of opset 7 on flat values': {
    nodes: [node('Flatten', ['x'], ['f']), node('BatchNormalization', ['f', 's', 'b', 'm', 'positive'], ['y'])],
    random: { s: [12], b: [12], m: [12], positive: [12] },
    input: [1, 3, 2, 2],
    opset: 8,
  },
  Concat: { nodes: [node('Relu', ['x'], ['r']), node('Concat', ['x', 'r', 'x'], ['y'], { axis: 1 })] },
  'Concat along a negative axis': { nodes: [node('Relu', ['x'], ['r']), node('Concat', ['r', 'x'], ['y'], { axis: -3 })] },
  'Add of two maps': { nodes: [node('Relu', ['x'], ['r']), node('Add', ['x', 'r'], ['y'])] },
  'Sum of three maps': { nodes: [node('Relu', ['x'], ['r']), node('Sum', ['x', 'r', 'x'], ['y'])] },
  'Sum of one': { nodes: [node('Relu', ['x'], ['r']), node('Sum', ['r'], ['y'])] },
  'Mul of two maps': { nodes: [node('Relu', ['x'], ['r']), node('Mul', ['x', 'r'], ['y'])] },
  'Mul of a map and a gate': {
    nodes: [node('GlobalAveragePool', ['x'], ['p']), node('Sigmoid', ['p'], ['g']), node('Mul', ['x', 'g'], ['y'])],
  },
  'Mul by one value': constantOf('Mul', []),
  'Mul by one value per channel': constantOf('Mul', [3, 1, 1]),
  'Div by one value per channel': constantOf('Div', [1, 3, 1, 1]),
  'Add of one value per channel': constantOf('Add', [3, 1, 1]),
  'Sub of a constant': constantOf('Sub', [1]),
  'Sub from a constant': { nodes: [node('Sub', ['c', 'x'], ['y'])], random: { c: [3, 1, 1] } },
  'Mul by an unsqueezed constant (Caffe2)': {
    nodes: [node('Unsqueeze', ['c'], ['u'], { axes: [1, 2] }), node('Mul', ['x', 'u'], ['y'])],
    random: { c: [3] },
    opset: 9,
  },
  'Flatten at its last axis': { nodes: [node('GlobalAveragePool', ['x'], ['p']), node('Flatten', ['p'], ['y'], { axis: -3 })] },
  'Reshape that copies sizes': { nodes: [node('Reshape', ['x', 'shape'], ['y'])], integers: { shape: [0, -1] }, input: ['n', 2, 3, 4] },
  'Reshape to more axes': {
    nodes: [node('Flatten', ['x'], ['f']), node('Reshape', ['f', 'shape'], ['r']), node('Conv', ['r', 'w'], ['y'])],
    integers: { shape: [-1, 24, 1, 1] },
    random: { w: [5, 24, 1, 1] },
    input: [1, 2, 3, 4],
  },
  'Reshape by a computed shape (PyTorch)': {
    nodes: [
      node('Shape', ['x'], ['s']),
      node('Gather', ['s', 'zero'], ['n'], { axis: 0 }),
      node('Constant', [], ['minus'], { value: { dims: [1], dataType: 7, int64Data: [-1] } }),
      node('Concat', ['n', 'minus'], ['shape'], { axis: 0 }),
      node('Reshape', ['x', 'shape'], ['y']),
    ],
    integers: { zero: [0] },
    input: ['n', 2, 3, 4],
  },
  'Pad by paddings that are computed from constants (PyTorch)': {
    nodes: [
      node('Add', ['half', 'half'], ['four']),
      node('Mul', ['four', 'one'], ['count']),
      node('ConstantOfShape', ['count'], ['zeros'], { value: { dims: [1], dataType: 7, int64Data: [0] } }),
      node('Concat', ['given', 'zeros'], ['all'], { axis: 0 }),
      node('Reshape', ['all', 'pairs'], ['table']),
      node('Slice', ['table', 'last', 'before', 'axis', 'last'], ['reversed']),
      node('Transpose', ['reversed'], ['columns'], { perm: [1, 0] }),
      node('Reshape', ['columns', 'last'], ['pads']),
      node('Cast', ['pads'], ['whole'], { to: 7 }),
      node('Pad', ['x', 'whole'], ['y']),
    ],
    integers: { half: [2], one: [1], given: [1, 2, 0, 3], pairs: [-1, 2], last: [-1], before: [-Number.MAX_SAFE_INTEGER], axis: [0] },
  },
  'Reshape to a part of a computed shape': {
    nodes: [
      node('Shape', ['x'], ['s']),
      node('Slice', ['s', 'zero', 'one'], ['n']),
      node('Concat', ['n', 'minus'], ['shape'], { axis: 0 }),
      node('Reshape', ['x', 'shape'], ['y']),
    ],
    integers: { zero: [0], one: [1], minus: [-1] },
  },
  'Squeeze of a mean': {
    nodes: [node('GlobalAveragePool', ['x'], ['p']), node('Squeeze', ['p', 'axes'], ['y'])],
    integers: { axes: [2, 3] },
  },
  'Squeeze by attributes': { nodes: [node('GlobalAveragePool', ['x'], ['p']), node('Squeeze', ['p'], ['y'], { axes: [2, 3] })], opset: 11 },
  'Unsqueeze of flat values': {
    nodes: [node('Flatten', ['x'], ['f']), node('Unsqueeze', ['f'], ['u'], { axes: [2, 3] }), node('Conv', ['u', 'w'], ['y'])],
    random: { w: [5, 24, 1, 1] },
    input: [1, 2, 3, 4],
    opset: 11,
  },
  'pictures with channels last (TensorFlow)': {
    nodes: [
      node('Transpose', ['x'], ['t'], { perm: [0, 3, 1, 2] }),
      node('Conv', ['t', 'w'], ['c']),
      node('Transpose', ['c'], ['u'], { perm: [0, 2, 3, 1] }),
      node('Reshape', ['u', 'shape'], ['f']),
      node('MatMul', ['f', 'v'], ['y']),
    ],
    random: { w: [4, 1, 2, 2], v: [24, 5] },
    integers: { shape: [-1, 24] },
    input: ['n', 3, 4, 1],
  },
  'Softmax of opset 13 over channels': { nodes: [node('Softmax', ['x'], ['y'], { axis: 1 })] },
  'Softmax of opset 11': { nodes: [node('Flatten', ['x'], ['f']), node('Softmax', ['f'], ['y'])], opset: 11 },
  'Softmax of opset 11 over a flat map': {
    nodes: [node('GlobalAveragePool', ['x'], ['p']), node('Softmax', ['p'], ['y'], { axis: 1 })],
    opset: 11,
  },
  'Pad by attributes': { nodes: [node('Pad', ['x'], ['y'], { pads: [0, 0, 1, 2, 0, 0, 3, 0], value: float(0.5) })], opset: 10 },
  'Pad by inputs': { nodes: [node('Pad', ['x', 'pads'], ['y'])], integers: { pads: [0, 0, 1, 2, 0, 0, 3, 0] } },
  'Pad of some axes': {
    nodes: [node('Pad', ['x', 'pads', '', 'axes'], ['y'])],
    integers: { pads: [1, 2, 0, 3], axes: [2, -1] },
    opset: 18,
  },
  'Dropout with a rate': { nodes: [node('Dropout', ['x'], ['y'], { ratio: float(0.3) })], opset: 10 },
  'Dropout of opset 13': { nodes: [node('Dropout', ['x'], ['y'])] },
  Identity: { nodes: [node('Identity', ['x'], ['y'])] },
  'weights through Identity': { nodes: [node('Identity', ['w'], ['v']), node('Conv', ['x', 'v'], ['y'])], random: { w: [2, 3, 3, 3] } },
};

describe('operators agree with ONNX Runtime', () => {
  it.each(Object.entries(CASES))('%s', async (_, graph) => {
    const network = await expectSameAsOnnxRuntime(graph);
    expect(network.layers).toHaveLength(graph.nodes.length);
  });
});

describe('number types of weights', () => {
  const graph = (tensor: NonNullable<SmallGraph['tensors']>[number]): SmallGraph => ({
    nodes: [node('Constant', [], ['c'], { value: tensor }), node('Cast', ['c'], ['s'], { to: 1 }), node('Mul', ['x', 's'], ['y'])],
  });
  it.each([
    ['half precision, raw', { dims: [], dataType: 10, rawData: Uint8Array.of(0x00, 0xc1) }],
    ['half precision, as integers', { dims: [], dataType: 10, int32Data: [0xc100] }],
    ['double precision, raw', { dims: [], dataType: 11, rawData: new Uint8Array(Float64Array.of(-2.5).buffer) }],
    ['double precision, as numbers', { dims: [], dataType: 11, doubleData: [-2.5] }],
    ['single precision, as numbers', { dims: [1], dataType: 1, floatData: [-2.5] }],
  ])('%s', async (_, tensor) => {
    const network = await expectSameAsOnnxRuntime(graph(tensor));
    expect(network.weights.get('y/scale')?.data).toEqual(Float32Array.of(-2.5, -2.5, -2.5));
  });
});
