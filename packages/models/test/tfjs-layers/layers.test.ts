import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectSameAsTfjs, importSaved, saved } from './against-tfjs.js';

type Layer = ReturnType<typeof tf.layers.conv2d>;

beforeAll(() => tf.setBackend('cpu'));

const sequential = (...layers: tf.layers.Layer[]): tf.LayersModel => tf.sequential({ layers: layers as Layer[] });
const inputShape = [7, 6, 3];

const CASES: Readonly<Record<string, () => tf.LayersModel>> = {
  'Conv2D same with stride and relu': () =>
    sequential(tf.layers.conv2d({ inputShape, filters: 4, kernelSize: [3, 2], strides: [2, 1], padding: 'same', activation: 'relu' })),
  'Conv2D valid with dilation, without bias': () =>
    sequential(tf.layers.conv2d({ inputShape, filters: 4, kernelSize: 2, dilationRate: 2, useBias: false })),
  'DepthwiseConv2D with two filters a channel': () =>
    sequential(tf.layers.depthwiseConv2d({ inputShape, kernelSize: 3, depthMultiplier: 2, padding: 'same', activation: 'tanh' })),
  SeparableConv2D: () =>
    sequential(tf.layers.separableConv2d({ inputShape, filters: 5, kernelSize: 3, depthMultiplier: 2, padding: 'same' })),
  'MaxPooling2D same': () => sequential(tf.layers.maxPooling2d({ inputShape, poolSize: 3, strides: 2, padding: 'same' })),
  'MaxPooling2D valid, stride by default': () => sequential(tf.layers.maxPooling2d({ inputShape, poolSize: [2, 3] })),
  'AveragePooling2D same': () => sequential(tf.layers.averagePooling2d({ inputShape, poolSize: 2, strides: 2, padding: 'same' })),
  GlobalAveragePooling2D: () => sequential(tf.layers.globalAveragePooling2d({ inputShape })),
  BatchNormalization: () => sequential(tf.layers.batchNormalization({ inputShape, epsilon: 0.01 })),
  'BatchNormalization without scale and centre': () =>
    sequential(tf.layers.batchNormalization({ inputShape, scale: false, center: false })),
  'Flatten, Dense and softmax': () =>
    sequential(
      tf.layers.flatten({ inputShape }),
      tf.layers.dense({ units: 6, activation: 'relu' }),
      tf.layers.dense({ units: 4, activation: 'softmax' }),
    ),
  'Dense on a map': () => sequential(tf.layers.dense({ inputShape, units: 4 })),
  'ReLU with a largest value': () => sequential(tf.layers.reLU({ inputShape, maxValue: 0.5 })),
  LeakyReLU: () => sequential(tf.layers.leakyReLU({ inputShape, alpha: 0.4 })),
  'Softmax over channels': () => sequential(tf.layers.softmax({ inputShape, axis: -1 })),
  'Activation sigmoid': () => sequential(tf.layers.activation({ inputShape, activation: 'sigmoid' })),
  'Activation relu6': () => sequential(tf.layers.activation({ inputShape, activation: 'relu6' })),
  'ZeroPadding2D uneven': () =>
    sequential(
      tf.layers.zeroPadding2d({
        inputShape,
        padding: [
          [1, 2],
          [0, 3],
        ],
      }),
      tf.layers.conv2d({ filters: 2, kernelSize: 3 }),
    ),
  'Dropout and Reshape': () =>
    sequential(tf.layers.dropout({ inputShape, rate: 0.4 }), tf.layers.reshape({ targetShape: [126] }), tf.layers.dense({ units: 3 })),
};

describe('layers agree with TensorFlow.js', () => {
  it.each(Object.entries(CASES))('%s', async (_, build) => {
    await expectSameAsTfjs(build(), [7, 6, 3]);
  });

  it('functional models with branches', async () => {
    const input = tf.input({ shape: inputShape });
    const a = tf.layers
      .conv2d({ filters: 3, kernelSize: 3, padding: 'same', activation: 'relu', name: 'a' })
      .apply(input) as tf.SymbolicTensor;
    const b = tf.layers.add({ name: 'sum' }).apply([a, input]) as tf.SymbolicTensor;
    const c = tf.layers.multiply({ name: 'gated' }).apply([a, b]) as tf.SymbolicTensor;
    const d = tf.layers.concatenate({ name: 'joined' }).apply([b, c, input]) as tf.SymbolicTensor;
    const e = tf.layers.globalAveragePooling2d({ name: 'mean' }).apply(d) as tf.SymbolicTensor;
    const network = await expectSameAsTfjs(tf.model({ inputs: input, outputs: e }), [7, 6, 3]);
    expect(network.layers.map(({ name }) => name)).toEqual(['a', 'a/relu', 'sum', 'gated', 'joined', 'mean']);
    expect(network.input.shape).toEqual([null, null, 3]);
  });

  it('one layer applied twice', async () => {
    const input = tf.input({ shape: inputShape });
    const shared = tf.layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same', name: 'shared', activation: 'tanh' });
    const once = shared.apply(input) as tf.SymbolicTensor;
    const network = await expectSameAsTfjs(tf.model({ inputs: input, outputs: shared.apply(once) as tf.SymbolicTensor }), [7, 6, 3]);
    expect(network.layers.map(({ name, weightsOf }) => [name, weightsOf])).toEqual([
      ['shared', undefined],
      ['shared/tanh', undefined],
      ['shared#2', 'shared'],
      ['shared/tanh#2', undefined],
    ]);
  });

  it('a model within a model', async () => {
    const body = tf.sequential({ layers: [tf.layers.conv2d({ inputShape, filters: 4, kernelSize: 3, activation: 'relu' })] });
    const head = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [5, 4, 4] }), tf.layers.dense({ units: 3 })] });
    await expectSameAsTfjs(tf.sequential({ layers: [body, head] as unknown as Layer[] }), [7, 6, 3]);
  });

  it('flat inputs', async () => {
    const network = await expectSameAsTfjs(sequential(tf.layers.dense({ inputShape: [9], units: 3 })), [1, 1, 9]);
    expect(network.input.shape).toEqual([1, 1, 9]);
  });
});

describe('stored weights', () => {
  const model = () => sequential(tf.layers.dense({ inputShape: [2], units: 1, useBias: false, name: 'dense' }));
  const stored = async (quantization: object, weights: Uint8Array) => {
    const { json } = await saved(model());
    const weightsManifest = [{ paths: ['w.bin'], weights: [{ name: 'dense/kernel', shape: [2, 1], dtype: 'float32', quantization }] }];
    return (await importSaved({ json: { ...json, weightsManifest }, weights })).weights.get('dense/kernel')?.data;
  };

  it('are restored from 8 bits', async () => {
    expect(await stored({ dtype: 'uint8', scale: 0.5, min: -1 }, Uint8Array.of(0, 5))).toEqual(Float32Array.of(-1, 1.5));
  });

  it('are restored from 16 bits', async () => {
    expect(await stored({ dtype: 'uint16', scale: 0.5, min: -1 }, Uint8Array.of(0, 1, 2, 0))).toEqual(Float32Array.of(127, 0));
  });

  it('are restored from half precision', async () => {
    expect(await stored({ dtype: 'float16' }, Uint8Array.of(0x00, 0x3c, 0x00, 0xc1))).toEqual(Float32Array.of(1, -2.5));
  });
});
