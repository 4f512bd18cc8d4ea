import { readFileSync } from 'node:fs';
import { describeLayers, parameterCount } from '@featurescope/core';
import { referenceForward } from '@featurescope/core/testing';
import { decodeModel, encodeModel } from '@featurescope/onnx';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { decodeOnnx, importOnnx } from '../../src/onnx/index.js';
import { sharedModel } from '../shared.js';
import { randomValues } from './against-onnxruntime.js';

const path = sharedModel('squeezenet1.0/squeezenet1.0.onnx');
const bytes = path === undefined ? new Uint8Array() : readFileSync(path);

describe.skipIf(path === undefined)('SqueezeNet 1.0', () => {
  const imported = () => importOnnx(decodeOnnx(bytes, 'squeezenet'), 'squeezenet', { size: [227, 227] });

  it('keeps a row and the name of every node', () => {
    const { network, fixedSize } = imported();
    const nodes = decodeModel(bytes).graph?.node ?? [];
    expect(network.layers.map(({ name }) => name)).toEqual(nodes.map(({ name }) => name));
    expect(network.layers).toHaveLength(65);
    expect(fixedSize).toBe(false);
    expect(network.input).toEqual({ name: 'data', shape: [null, null, 3] });
    expect(network.outputs).toEqual(['prob']);
  });

  it('has the sizes and parameters that its description states', () => {
    const { network } = imported();
    const layers = describeLayers(network, [227, 227, 3]);
    const shape = (name: string) => layers.find((layer) => layer.name === name)?.outputShape;
    expect(shape('conv1')).toEqual([111, 111, 96]);
    expect(shape('fire4/concat')).toEqual([55, 55, 256]);
    expect(shape('pool8')).toEqual([13, 13, 512]);
    expect(shape('conv10')).toEqual([15, 15, 1000]);
    expect(shape('prob')).toEqual([1, 1, 1000]);
    expect(parameterCount(layers)).toBe(1_248_424);
  });

  it('gives what ONNX Runtime gives, at every node', async () => {
    const { network } = imported();
    const [height, width] = [45, 58];
    const picture = randomValues(3 * height * width, -120, 130);
    const model = decodeModel(bytes);
    const nodes = model.graph?.node ?? [];
    const output = nodes.map(({ output: [name = ''] }) => ({ name, type: { tensorType: { elemType: 1 } } }));
    const session = await ort.InferenceSession.create(encodeModel({ ...model, graph: { ...model.graph, output } }), {
      logSeverityLevel: 4,
    });
    const expected = await session.run({ data: new ort.Tensor('float32', picture, [1, 3, height, width]) });
    await session.release();

    const data = Float64Array.from({ length: picture.length }, (_, i) => picture[(i % 3) * height * width + Math.floor(i / 3)] ?? 0);
    const actual = referenceForward(network, { shape: [1, height, width, 3], data }).values;
    for (const { name } of network.layers) {
      const theirs = expected[name]?.data as Float32Array;
      const ours = actual.get(name);
      const [, h = 0, w = 0, channels = 0] = ours?.shape ?? [];
      let scale = 1e-6;
      let error = 0;
      theirs.forEach((value, i) => {
        const place = (i % (h * w)) * channels + Math.floor(i / (h * w));
        scale = Math.max(scale, Math.abs(value));
        error = Math.max(error, Math.abs(value - (ours?.data[place] ?? Number.NaN)));
      });
      expect(error / scale, name).toBeLessThan(1e-5);
    }
  });
});
