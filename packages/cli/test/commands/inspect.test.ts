import { encodeModel, floatTensor, node, valueInfo } from '@featurescope/onnx';
import { describe, expect, it } from 'vitest';
import type { InspectReport } from '../../src/commands/inspect-report.js';
import { temporaryFolder } from '../support/folder.js';
import { tinyModelFile } from '../support/model.js';
import { runCli } from '../support/run-cli.js';
import { sharedModel } from '../support/shared-models.js';

const onnx = encodeModel({
  irVersion: 8,
  opsetImport: [{ domain: '', version: 13 }],
  graph: {
    name: 'two',
    input: [valueInfo('data', 1, [1, 1, 6, 8])],
    output: [valueInfo('pooled', 1, [1, 2, 3, 4])],
    initializer: [floatTensor('w', [2, 1, 3, 3], new Float32Array(18))],
    node: [
      node('Conv', ['data', 'w'], ['conv'], { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
      node('MaxPool', ['conv'], ['pooled'], { kernel_shape: [2, 2], strides: [2, 2] }),
    ],
  },
});

const folder = temporaryFolder({ 'tiny.safetensors': tinyModelFile(), 'two.onnx': onnx });

const inspect = async (line: string): Promise<InspectReport> => {
  const { code, out, err } = await runCli(`inspect ${line} --json`, folder);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as InspectReport;
};

describe('inspect --json', () => {
  it('of an ONNX file has a row for each node, as the format says', async () => {
    expect(await inspect('two.onnx')).toEqual({
      model: 'two',
      input: { name: 'data', size: [6, 8], channels: 1, fixedSize: false },
      layers: [
        {
          index: 1,
          name: 'conv',
          kind: 'conv',
          inputs: ['data'],
          outputShape: [6, 8, 2],
          parameters: 18,
          receptiveField: { size: [3, 3], jump: [1, 1], start: [-1, -1] },
        },
        {
          index: 2,
          name: 'pooled',
          kind: 'maxPool',
          inputs: ['conv'],
          outputShape: [3, 4, 2],
          parameters: 0,
          receptiveField: { size: [4, 4], jump: [2, 2], start: [-1, -1] },
        },
      ],
      parameters: 18,
    });
  });

  it('of a safetensors file', async () => {
    const { layers, parameters, input } = await inspect('tiny.safetensors');
    expect(layers.map(({ name }) => name)).toEqual(['conv1', 'relu1', 'pool1', 'conv2', 'relu2', 'gap', 'fc3', 'prob']);
    expect(parameters).toBe(3 * 9 * 6 + 6 + (6 * 9 * 8 + 8) + (8 * 4 + 4));
    expect(input).toMatchObject({ name: 'input', size: [12, 10], channels: 3, fixedSize: false });
  });

  it('of an architecture takes its options as flags', async () => {
    const { model, layers, parameters, input } = await inspect('sketchANet --channels 1 --classes 250');
    expect({ model, parameters, size: input.size, channels: input.channels }).toEqual({
      model: 'sketchANet',
      parameters: 8_508_666,
      size: [225, 225],
      channels: 1,
    });
    expect(layers.at(-1)).toMatchObject({ kind: 'softmax', outputShape: [1, 1, 250] });
  });

  const squeezenet = sharedModel('squeezenet1.0/squeezenet1.0.onnx');
  it.skipIf(squeezenet === undefined)('of SqueezeNet', async () => {
    const { layers, parameters, input } = await inspect(squeezenet ?? '');
    expect({ size: input.size, parameters }).toEqual({ size: [227, 227], parameters: 1_248_424 });
    expect(layers[0]).toMatchObject({ name: 'conv1', outputShape: [111, 111, 96], receptiveField: { size: [7, 7], jump: [2, 2] } });
  });

  const doodlenet = sharedModel('doodlenet/model.json');
  it.skipIf(doodlenet === undefined)('of a TensorFlow.js model', async () => {
    const { input, layers } = await inspect(doodlenet ?? '');
    expect(input).toMatchObject({ size: [28, 28], channels: 1 });
    expect(layers.at(-1)).toMatchObject({ kind: 'softmax', outputShape: [1, 1, 345] });
  });
});

describe('inspect', () => {
  it('prints an aligned table', async () => {
    expect((await runCli('inspect tiny.safetensors', folder)).out).toMatchInlineSnapshot(`
      "tiny: input 12×10×3 (any size), 8 layers, 644 parameters

      #  name   kind            output  parameters  field   jump   start
      1  conv1  conv           12×10×6         168    3×3    1×1  -1, -1
      2  relu1  relu           12×10×6                3×3    1×1  -1, -1
      3  pool1  maxPool          6×5×6                4×4    2×2  -1, -1
      4  conv2  conv             6×5×8         440    8×8    2×2  -3, -3
      5  relu2  relu             6×5×8                8×8    2×2  -3, -3
      6  gap    globalAvgPool    1×1×8              18×16  12×10  -3, -3
      7  fc3    dense            1×1×4          36  18×16  12×10  -3, -3
      8  prob   softmax          1×1×4              18×16  12×10  -3, -3
      "
    `);
  });
});
