import { createRandom, inferShapes, type Network, type Shape } from '@featurescope/core';
import { type Array4, referenceForward } from '@featurescope/core/testing';
import * as ort from 'onnxruntime-node';
import { expect } from 'vitest';
import { decodeOnnx, exportOnnx, importOnnx, type OnnxExportOptions } from '../../src/onnx/index.js';

/** Numbers of attributes in the single precision in which ONNX keeps them. */
const inSinglePrecision = (value: unknown): unknown => {
  if (typeof value === 'number') return Math.fround(value);
  if (Array.isArray(value)) return value.map(inSinglePrecision);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inSinglePrecision(item)]));
};

/** Everything but the weights. */
export const structureOf = ({ input, layers, outputs }: Network): unknown => inSinglePrecision({ input, layers, outputs });

const modelOf = (network: Network, size: readonly [number, number], fixedSize: boolean) => ({
  name: 'net',
  network,
  input: { size, channels: network.input.shape[2], fixedSize },
});

export const exported = (network: Network, size: readonly [number, number], options?: OnnxExportOptions): Uint8Array =>
  exportOnnx(modelOf(network, size, network.input.shape[0] !== null), options);

export const imported = (bytes: Uint8Array): Network => importOnnx(decodeOnnx(bytes, 'net.onnx'), 'net.onnx').network;

const nchw = ({ shape: [n, h, w, c], data }: Array4): Float32Array => {
  const result = new Float32Array(data.length);
  let from = 0;
  for (let image = 0; image < n; image++)
    for (let position = 0; position < h * w; position++)
      for (let channel = 0; channel < c; channel++) result[(image * c + channel) * h * w + position] = data[from++] ?? 0;
  return result;
};

/** What ONNX Runtime makes of the file, by output. */
export const runFile = async (bytes: Uint8Array, input: Array4): Promise<ReadonlyMap<string, ort.Tensor>> => {
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 4, intraOpNumThreads: 1 });
  try {
    const [n, h, w, c] = input.shape;
    const results = await session.run({ [session.inputNames[0] ?? '']: new ort.Tensor('float32', nchw(input), [n, c, h, w]) });
    return new Map(Object.entries(results));
  } finally {
    await session.release();
  }
};

/** The largest difference between ONNX Runtime on the file and our reference on the network, relative to the largest output. */
export const fileError = async (bytes: Uint8Array, network: Network, input: Array4): Promise<number> => {
  const results = await runFile(bytes, input);
  const ours = referenceForward(network, input, { wanted: network.outputs }).values;
  expect([...results.keys()].sort()).toEqual([...new Set(network.outputs)].sort());
  const errors = network.outputs.map((name) => {
    const expected = ours.get(name);
    const tensor = results.get(name);
    if (expected === undefined || tensor === undefined) throw new Error(`no ${name}`);
    const [n, h, w, c] = expected.shape;
    expect(tensor.dims).toEqual(tensor.dims.length === 4 ? [n, c, h, w] : [n, h * w * c]);
    const given = tensor.data as Float32Array;
    const wanted = nchw(expected);
    const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
    return wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - (given[i] ?? Number.NaN))), 0) / largest;
  });
  return Math.max(...errors);
};

/** Normal numbers of a shape. */
export const normalInput = (shape: readonly [number, number, number, number], seed: string): Array4 => {
  const random = createRandom(seed);
  return { shape, data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => Math.fround(random.normal())) };
};

/** Whether the layers take a picture of this shape. */
export const takes = (network: Network, shape: Shape): boolean => {
  try {
    inferShapes(network, shape);
    return true;
  } catch {
    return false;
  }
};
