import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFeaturescopeError } from '../../src/errors.js';
import { decodeModelFile, encodeModelFile, type ModelFile } from '../../src/formats/model-file.js';
import { encodeSafetensors } from '../../src/formats/safetensors.js';

const SMALL: ModelFile = {
  name: 'small',
  network: {
    input: { name: 'image', shape: [null, null, 3] },
    layers: [
      {
        kind: 'conv',
        name: 'conv1',
        inputs: ['image'],
        kernelSize: [3, 3],
        filters: 2,
        stride: [1, 1],
        dilation: [1, 1],
        padding: 'same',
        groups: 1,
        bias: true,
      },
      { kind: 'clip', name: 'relu6', inputs: ['conv1'], min: 0, max: Number.POSITIVE_INFINITY },
      { kind: 'globalAvgPool', name: 'pool', inputs: ['relu6'] },
      { kind: 'softmax', name: 'prob', inputs: ['pool'] },
    ],
    outputs: ['prob'],
    weights: new Map([
      ['conv1/kernel', { shape: [3, 3, 3, 2], data: Float32Array.from({ length: 54 }, (_, i) => i / 8) }],
      ['conv1/bias', { shape: [2], data: Float32Array.of(0.5, -1) }],
    ]),
  },
  input: {
    size: [8, 8],
    channels: 3,
    fixedSize: false,
    preprocessing: { channelOrder: 'rgb', scale: 1 / 255, mean: [0.5, 0.5, 0.5], std: [1, 1, 1] },
  },
  labels: ['cat', 'dog'],
  details: { epoch: 3 },
  state: new Map([['momentum/conv1/bias', { shape: [2], data: Float32Array.of(0.1, 0.2) }]]),
};

const message = (bytes: Uint8Array): string => {
  try {
    decodeModelFile(bytes, 'm.safetensors');
  } catch (error) {
    if (isFeaturescopeError(error)) return error.message;
    throw error;
  }
  return 'no error';
};

describe('model files', () => {
  it('give back what was written', () => {
    expect(decodeModelFile(encodeModelFile(SMALL), 'm')).toEqual(SMALL);
  });

  it('give back how a network sees strokes', () => {
    const strokes = { canvas: 10, penWidth: 2.5, parts: 2, split: 'outline', resolution: 5 } as const;
    const preprocessing = { channelOrder: 'grey', scale: 1, mean: [0, 0, 0], std: [1, 1, 1], strokes } as const;
    const sketch: ModelFile = { ...SMALL, input: { ...SMALL.input, preprocessing } };
    expect(decodeModelFile(encodeModelFile(sketch), 'm').input).toEqual(sketch.input);
    const broken = { ...sketch, input: { ...sketch.input, preprocessing: { ...preprocessing, strokes: { ...strokes, parts: 6 } } } };
    expect(message(encodeModelFile(broken))).toContain('strokes.parts');
  });

  it('keep the state in full precision when weights are halved', () => {
    const back = decodeModelFile(encodeModelFile(SMALL, 'F16'), 'm');
    expect(back.network.weights).toEqual(SMALL.network.weights);
    expect(back.state).toEqual(SMALL.state);
  });

  it('are refused when they are of another tool', () => {
    expect(message(encodeSafetensors(new Map()))).toMatchInlineSnapshot(
      `"m.safetensors is a safetensors file, but not a Featurescope model: it has no metadata under the key "featurescope". Expected a file written by \`featurescope train\`; a network of another tool can be given as .onnx or TensorFlow.js model.json."`,
    );
  });

  it('are refused when a weight is missing or has another shape', () => {
    const weights = new Map(SMALL.network.weights);
    weights.delete('conv1/bias');
    expect(message(encodeModelFile({ ...SMALL, network: { ...SMALL.network, weights } }))).toContain('the weight "conv1/bias" is missing');
    weights.set('conv1/bias', { shape: [3], data: new Float32Array(3) });
    expect(message(encodeModelFile({ ...SMALL, network: { ...SMALL.network, weights } }))).toContain(
      'has the shape [3]; layer "conv1" needs [2]',
    );
  });

  it('are refused when the description is wrong', () => {
    const { network } = SMALL;
    const layers = network.layers.map((layer) => (layer.kind === 'clip' ? { ...layer, max: 'x' as unknown as number } : layer));
    expect(message(encodeModelFile({ ...SMALL, network: { ...network, layers } }))).toContain('network.layers.1');
  });

  it('when damaged, give an error or a model, never anything else', () => {
    const good = encodeModelFile(SMALL);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: good.length }),
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 4 }),
        (cut, flips) => {
          const bytes = good.slice();
          for (const [at, value] of flips) bytes[at] = value;
          expect(typeof message(cut % 3 === 0 ? bytes.subarray(0, cut) : bytes)).toBe('string');
        },
      ),
      { numRuns: 1000 },
    );
  });
});
