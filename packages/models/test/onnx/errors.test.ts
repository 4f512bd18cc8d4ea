import { float, node } from '@featurescope/onnx';
import { describe, expect, it } from 'vitest';
import { decodeOnnx, externalFiles, importOnnx } from '../../src/onnx/index.js';
import { expectSameAsOnnxRuntime, modelBytes, type SmallGraph } from './against-onnxruntime.js';

const importGraph = (graph: SmallGraph) => importOnnx(decodeOnnx(modelBytes(graph), 'net.onnx'), 'net.onnx');

const messageOf = (graph: SmallGraph): string => {
  try {
    importGraph(graph);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : 'thrown';
  }
  return 'no error';
};

describe('the ONNX importer names what it cannot read', () => {
  it('an operator and its node', () => {
    expect(
      messageOf({
        nodes: [node('Relu', ['x'], ['a']), { ...node('ConvTranspose', ['a', 'w'], ['b']), name: 'up1' }],
        random: { w: [3, 2, 2, 2] },
      }),
    ).toMatchInlineSnapshot(
      `"FeaturescopeError: net.onnx: the operator ConvTranspose of node "up1" is not supported. Supported operators: Add, AveragePool, BatchNormalization, Cast, Clip, Concat, Constant, ConstantOfShape, Conv, Div, Dropout, Flatten, Gather, Gemm, GlobalAveragePool, Identity, LRN, LeakyRelu, MatMul, MaxPool, Mul, Pad, ReduceMean, Relu, Reshape, Shape, Sigmoid, Slice, Softmax, Squeeze, Sub, Sum, Tanh, Transpose, Unsqueeze. Export the network without it."`,
    );
  });

  it.each<[string, SmallGraph, string]>([
    [
      'an operator of another domain',
      { nodes: [{ ...node('FusedConv', ['x'], ['y']), domain: 'com.microsoft' }] },
      'com.microsoft.FusedConv of node "y"',
    ],
    ['an old operator set', { nodes: [node('Relu', ['x'], ['y'])], opset: 6 }, 'uses operator set 6. Expected operator set 7 to 23'],
    ['a later operator set', { nodes: [node('Relu', ['x'], ['y'])], opset: 99 }, 'uses operator set 99'],
    [
      'a value from nowhere',
      { nodes: [node('Relu', ['z'], ['y'])] },
      'node "y" (Relu) takes "z", which no input, initializer or node provides',
    ],
    [
      'a cycle',
      { nodes: [node('Add', ['x', 'b'], ['a']), node('Relu', ['a'], ['b'])] },
      'depends on its own output (the graph has a cycle)',
    ],
    ['a value computed twice', { nodes: [node('Relu', ['x'], ['a']), node('Tanh', ['x'], ['a'])] }, '"a" is computed by two nodes'],
    ['an output nobody computes', { nodes: [node('Relu', ['x'], ['y'])], output: 'q' }, 'takes "q"'],
    [
      'weights for other channels',
      { nodes: [node('Conv', ['x', 'w'], ['y'])], random: { w: [2, 5, 3, 3] } },
      'has weights for 5 input channels in 1 groups, but its input has 3',
    ],
    ['computed weights', { nodes: [node('Relu', ['x'], ['r']), node('Conv', ['x', 'r'], ['y'])] }, 'computes its input 2 ("r")'],
    [
      'one-dimensional convolutions',
      { nodes: [node('Conv', ['x', 'w'], ['y'])], random: { w: [2, 3, 3] } },
      'only two-dimensional convolutions',
    ],
    ['dilated pools', { nodes: [node('MaxPool', ['x'], ['y'], { kernel_shape: [2, 2], dilations: [2, 2] })] }, 'is dilated by 2×2'],
    ['pools without a size', { nodes: [node('MaxPool', ['x'], ['y'])] }, 'lacks its kernel_shape'],
    [
      'a window larger than the map',
      { nodes: [node('MaxPool', ['x'], ['y'], { kernel_shape: [20, 20] })] },
      'does not fit into a map of 9×11',
    ],
    [
      'negative padding',
      { nodes: [node('MaxPool', ['x'], ['y'], { kernel_shape: [2, 2], pads: [-1, 0, 0, 0] })] },
      'padding is [-1,0,0,0]',
    ],
    ['joins along height', { nodes: [node('Concat', ['x', 'x'], ['y'], { axis: 2 })] }, 'joins along axis 2 (H)'],
    ['a softmax over positions', { nodes: [node('Softmax', ['x'], ['y'], { axis: 3 })] }, 'runs over W'],
    ['an old softmax over a map', { nodes: [node('Softmax', ['x'], ['y'])], opset: 11 }, 'runs over C, H, W'],
    ['other means', { nodes: [node('ReduceMean', ['x'], ['y'], { axes: [1] })] }, 'averages over the axes C'],
    [
      'reshapes that rearrange',
      { nodes: [node('Reshape', ['x', 's'], ['y'])], integers: { s: [1, 9, 3, 11] } },
      'turns [1, 3, 9, 11] into [1, 9, 3, 11]',
    ],
    ['maps with dense weights', { nodes: [node('MatMul', ['x', 'w'], ['y'])], random: { w: [11, 4] } }, 'expected a flat one (N, C)'],
    ['constants for each position', { nodes: [node('Mul', ['x', 'w'], ['y'])], random: { w: [3, 9, 11] } }, 'constant of shape [3, 9, 11]'],
    [
      'reflected padding',
      { nodes: [node('Pad', ['x', 'p'], ['y'], { mode: 'reflect' })], integers: { p: [0, 0, 1, 1, 0, 0, 1, 1] } },
      'in the mode reflect',
    ],
    [
      'padded channels',
      { nodes: [node('Pad', ['x', 'p'], ['y'])], integers: { p: [0, 1, 0, 0, 0, 0, 0, 0] } },
      'pads the batch or the channels',
    ],
    ['several inputs of one kind', { nodes: [node('Sub', ['x', 'x'], ['y'])] }, 'takes two activations'],
    ['open channels', { nodes: [node('Relu', ['x'], ['y'])], input: [1, 'c', 9, 9] }, 'leaves its number of channels open'],
    ['inputs that are no pictures', { nodes: [node('Relu', ['x'], ['y'])], input: [1, 3, 9] }, 'is no picture'],
    [
      'text as weights',
      { nodes: [node('Mul', ['x', 't'], ['y'])], tensors: [{ name: 't', dims: [1], dataType: 8 }] },
      'has elements of type string',
    ],
    [
      'weights cut short',
      { nodes: [node('Mul', ['x', 't'], ['y'])], tensors: [{ name: 't', dims: [3], dataType: 1, floatData: [1] }] },
      'needs 3 values, but has 1',
    ],
    [
      'weights of absurd size',
      { nodes: [node('Mul', ['x', 't'], ['y'])], tensors: [{ name: 't', dims: [2 ** 40, 2 ** 40], dataType: 1 }] },
      'the tensor "t" has the shape',
    ],
    [
      'weights that are not finite',
      { nodes: [node('Mul', ['x', 't'], ['y'])], tensors: [{ name: 't', dims: [1], dataType: 1, floatData: [Number.NaN] }] },
      'all weights must be finite',
    ],
    [
      'training mode',
      { nodes: [node('Dropout', ['x', '', 't'], ['y'])], tensors: [{ name: 't', dims: [], dataType: 9, int32Data: [1] }] },
      'is in training mode',
    ],
    [
      'weights in another file',
      {
        nodes: [node('Mul', ['x', 't'], ['y'])],
        tensors: [{ name: 't', dims: [1], dataType: 1, dataLocation: 1, externalData: [{ key: 'location', value: 'net.data' }] }],
      },
      'keeps its values in another file (net.data)',
    ],
  ])('%s', (_, graph, part) => expect(messageOf(graph)).toContain(part));

  it('bytes of something else', () => {
    expect(() => decodeOnnx(new TextEncoder().encode('not a model at all'), 'net.onnx')).toThrow(
      'net.onnx cannot be read as an ONNX model',
    );
    expect(() => importOnnx(decodeOnnx(new Uint8Array(0), 'net.onnx'), 'net.onnx')).toThrow('it contains no graph');
  });
});

describe('the ONNX importer', () => {
  it('sorts nodes that are out of order', async () => {
    const network = await importGraph({ nodes: [node('Tanh', ['r'], ['y']), node('Relu', ['x'], ['r'])], output: 'y' }).network;
    expect(network.layers.map(({ name }) => name)).toEqual(['r', 'y']);
  });

  it('shares weights that two nodes use', async () => {
    const graph: SmallGraph = {
      nodes: [
        node('Conv', ['x', 'w', 'b'], ['a'], { pads: [1, 1, 1, 1] }),
        node('Conv', ['a', 'w', 'b'], ['c'], { pads: [1, 1, 1, 1], strides: [2, 2] }),
      ],
      random: { w: [3, 3, 3, 3], b: [3] },
    };
    const network = await expectSameAsOnnxRuntime(graph);
    expect(network.layers.map(({ weightsOf }) => weightsOf)).toEqual([undefined, 'a']);
    expect([...network.weights.keys()]).toEqual(['a/kernel', 'a/bias']);
  });

  it('makes names unique and uses outputs where nodes have no name', () => {
    const named = (name: string, output: string, input: string) => ({ ...node('Relu', [input], [output]), name });
    const { network } = importGraph({
      nodes: [named('same', 'a', 'x'), named('same', 'b', 'a'), named('same', 'same', 'b'), named('', 'd', 'same'), named('x', 'e', 'd')],
    });
    expect(network.layers.map(({ name }) => name)).toEqual(['same', 'b', 'same#2', 'd', 'e']);
  });

  it('keeps the size when the network needs it', () => {
    const graph = (size: number | string): SmallGraph => ({
      nodes: [node('Flatten', ['x'], ['f']), node('Gemm', ['f', 'w'], ['y'])],
      random: { w: [3 * 28 * 28, 4] },
      input: ['n', 3, size, size],
    });
    for (const size of [28, 'size']) expect(importGraph(graph(size))).toMatchObject({ size: [28, 28], fixedSize: true });
    const free = importGraph({ nodes: [node('GlobalAveragePool', ['x'], ['y'])], input: [1, 3, 50, 60] });
    expect(free).toMatchObject({ size: [50, 60], fixedSize: false });
    expect(free.network.input.shape).toEqual([null, null, 3]);
  });

  it('puts the first output of the file last', () => {
    const bytes = modelBytes({ nodes: [node('Relu', ['x'], ['a']), node('Tanh', ['a'], ['b'])], output: 'b' });
    const file = decodeOnnx(bytes, 'net');
    const graph = {
      ...file.model.graph,
      node: [],
      initializer: [],
      input: [],
      valueInfo: [],
      ...file.model.graph,
      output: [{ name: 'a' }, { name: 'b' }],
    };
    expect(importOnnx({ ...file, model: { ...file.model, graph } }, 'net').network.outputs).toEqual(['b', 'a']);
  });

  it('reads weights beside the file', () => {
    const entry = (key: string, value: string) => ({ key, value });
    const tensor = {
      name: 't',
      dims: [1],
      dataType: 1,
      dataLocation: 1,
      externalData: [entry('location', 'net.data'), entry('offset', '4'), entry('length', '4')],
    };
    const file = decodeOnnx(modelBytes({ nodes: [node('Mul', ['x', 't'], ['y'])], tensors: [tensor] }), 'net');
    expect(externalFiles(file)).toEqual(['net.data']);
    const external = new Map([['net.data', new Uint8Array(Float32Array.of(1, 2.5).buffer)]]);
    expect(importOnnx(file, 'net', { external }).network.weights.get('y/scale')?.data).toEqual(Float32Array.of(2.5, 2.5, 2.5));
    const short = new Map([['net.data', new Uint8Array(4)]]);
    expect(() => importOnnx(file, 'net', { external: short })).toThrow('should lie at byte 4 of net.data, which has 4 bytes');
  });

  it('keeps attributes that are whole floats', () => {
    const { network } = importGraph({ nodes: [node('LeakyRelu', ['x'], ['y'], { alpha: float(0) })] });
    expect(network.layers[0]).toMatchObject({ kind: 'leakyRelu', slope: 0 });
  });
});
