import { createRandom, type Network } from '@featurescope/core';
import { referenceForward } from '@featurescope/core/testing';
import { encodeModel, floatTensor, int64Tensor, type Loose, type NodeProto, type TensorProto, valueInfo } from '@featurescope/onnx';
import * as ort from 'onnxruntime-node';
import { expect } from 'vitest';
import { decodeOnnx, importOnnx, type OnnxOptions } from '../../src/onnx/index.js';

export interface SmallGraph {
  readonly nodes: readonly Loose<NodeProto>[];
  /** Shapes of random weights by name. */
  readonly random?: Readonly<Record<string, readonly number[]>>;
  readonly integers?: Readonly<Record<string, readonly number[]>>;
  readonly tensors?: readonly Loose<TensorProto>[];
  /** Default: [1, 3, 9, 11]. */
  readonly input?: readonly (number | string)[];
  readonly output?: string;
  readonly opset?: number;
  /** IR version 3 lists weights among the inputs. */
  readonly oldStyle?: boolean;
}

const random = createRandom(7);

export const randomValues = (count: number, low = -1, high = 1): Float32Array => random.fillUniform(new Float32Array(count), low, high);

const product = (sizes: readonly number[]): number => sizes.reduce((result, size) => result * size, 1);

/** The bytes of a model with the given nodes; the last output of the last node is the result. */
export const modelBytes = ({
  nodes,
  random: shapes = {},
  integers = {},
  tensors = [],
  input = [1, 3, 9, 11],
  output,
  opset = 13,
  oldStyle,
}: SmallGraph): Uint8Array => {
  const weights = Object.entries(shapes).map(([name, dims]) =>
    floatTensor(name, dims, randomValues(product(dims), name.startsWith('positive') ? 0.5 : -1)),
  );
  const shapesOfWeights = Object.entries(shapes).map(([name, dims]) => valueInfo(name, 1, dims));
  const result = output ?? nodes.at(-1)?.output?.[0] ?? '';
  return encodeModel({
    irVersion: oldStyle ? 3 : 7,
    opsetImport: [{ domain: '', version: opset }],
    graph: {
      name: 'small',
      node: nodes,
      initializer: [
        ...weights,
        ...Object.entries(integers).map(([name, values]) => int64Tensor(name, [values.length], values)),
        ...tensors,
      ],
      input: [valueInfo('x', 1, input), ...(oldStyle ? shapesOfWeights : [])],
      output: [{ name: result, type: { tensorType: { elemType: 1 } } }],
    },
  });
};

const toNhwc = (values: Float32Array, channels: number, size: number): Float64Array =>
  Float64Array.from({ length: values.length }, (_, i) => values[(i % channels) * size + Math.floor(i / channels)] ?? 0);

/** Runs our reference on an NCHW picture; the result is NCHW again. */
export const runImported = (network: Network, picture: Float32Array, [height, width]: readonly [number, number]): Float32Array => {
  const channels = network.input.shape[2];
  const input = { shape: [1, height, width, channels] as const, data: toNhwc(picture, channels, height * width) };
  const output = network.outputs.at(-1) ?? '';
  const result = referenceForward(network, input, { wanted: [output] }).values.get(output);
  if (result === undefined) throw new Error('no output');
  const [, h, w, c] = result.shape;
  return Float32Array.from({ length: result.data.length }, (_, i) => result.data[(i % (h * w)) * c + Math.floor(i / (h * w))] ?? 0);
};

/** Runs ONNX Runtime on the same bytes. */
export const runOnnxRuntime = async (bytes: Uint8Array, picture: Float32Array, dims: readonly number[]): Promise<ort.Tensor> => {
  const session = await ort.InferenceSession.create(bytes, {
    logSeverityLevel: 4,
    intraOpNumThreads: 1,
    graphOptimizationLevel: 'disabled',
  });
  try {
    const results = await session.run({ [session.inputNames[0] ?? 'x']: new ort.Tensor('float32', picture, [...dims]) });
    const result = results[session.outputNames[0] ?? ''];
    if (result === undefined) throw new Error('no output');
    return result;
  } finally {
    await session.release();
  }
};

/** Both on one random picture; answers the imported network. */
export const expectSameAsOnnxRuntime = async (graph: SmallGraph, options: OnnxOptions = {}): Promise<Network> => {
  const bytes = modelBytes(graph);
  const { network, size } = importOnnx(decodeOnnx(bytes, 'small.onnx'), 'small.onnx', options);
  const dims = (graph.input ?? [1, 3, 9, 11]).map((value, axis) =>
    typeof value === 'number' ? value : axis === 0 ? 1 : (size[axis - 2] ?? 1),
  );
  const picture = randomValues(product(dims));
  const expected = (await runOnnxRuntime(bytes, picture, dims)).data as Float32Array;
  const actual = runImported(network, picture, size);
  expect(actual.length).toBe(expected.length);
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  const error = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (actual[i] ?? Number.NaN))), 0);
  expect(error / scale).toBeLessThan(1e-5);
  return network;
};
