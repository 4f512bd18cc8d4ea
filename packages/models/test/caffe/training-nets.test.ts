import { describe, expect, it } from 'vitest';
import { blob, INPUT, layer, read } from './build.js';

const TRAINING = `
  name: "net"
  layer { name: "data" type: "Data" top: "data" top: "label" include { phase: TRAIN }
    transform_param { mirror: true crop_size: 20 mean_value: 1 mean_value: 2 mean_value: 3 } data_param { source: "train" batch_size: 256 backend: LMDB } }
  layer { name: "data" type: "Data" top: "data" top: "label" include { phase: TEST }
    transform_param { mirror: false crop_size: 16 scale: 0.5 mean_value: 104 mean_value: 117 mean_value: 123 } data_param { source: "test" } }
  ${layer('conv1', 'Convolution', 'data', 'convolution_param { num_output: 2 kernel_size: 16 }')}
  ${layer('drop1', 'Dropout', 'conv1', 'exclude { phase: TEST }')}
  ${layer('fc', 'InnerProduct', 'conv1', 'inner_product_param { num_output: 4 }')}
  ${layer('accuracy', 'Accuracy', 'fc', 'bottom: "label" include { phase: TEST } accuracy_param { top_k: 5 }')}
  ${layer('aux', 'SoftmaxWithLoss', 'fc', 'bottom: "label" include { stage: "deep" }')}
  ${layer('loss', 'SoftmaxWithLoss', 'fc', 'bottom: "label" loss_weight: 1')}`;

const WEIGHTS = { conv1: [blob([2, 3, 16, 16]), blob([2])], fc: [blob([4, 2]), blob([4])] };

describe('a Caffe network for training', () => {
  it('is read as it is tested, with the size and mean of its data layer', async () => {
    const { network, size, preprocessing } = await read(TRAINING, WEIGHTS);
    expect(size).toEqual([16, 16]);
    expect(network.input).toMatchObject({ name: 'data', shape: [16, 16, 3] });
    expect(network.layers.map(({ name, kind }) => `${name} ${kind}`)).toEqual(['conv1 conv', 'fc dense', 'loss softmax']);
    expect(preprocessing).toEqual({ channelOrder: 'bgr', scale: 0.5, mean: [52, 58.5, 61.5], std: [1, 1, 1] });
  });

  it('takes the size that is said beside it where it states none', async () => {
    const text = TRAINING.replaceAll(/crop_size: \d+/g, '');
    await expect(read(text, WEIGHTS)).rejects.toThrow('layer "data" does not say the size of its pictures');
    expect((await read(text, WEIGHTS, [16, 16])).size).toEqual([16, 16]);
  });
});

describe('the mean of a Caffe network', () => {
  const relu = layer('r', 'ReLU', 'data');
  const input = (channels: number) => `input: "data" input_dim: [1, ${channels}, 5, 5]\n`;
  const transformed = (channels: number, text: string) => read(input(channels) + relu.replace(' }', ` transform_param { ${text} } }`));

  it('is one value for all channels, or one for each', async () => {
    expect((await transformed(3, 'mean_value: 100')).preprocessing).toMatchObject({ channelOrder: 'bgr', scale: 1, mean: [100, 100, 100] });
    expect((await transformed(1, 'scale: 0.25 mean_value: 8')).preprocessing).toMatchObject({
      channelOrder: 'grey',
      scale: 0.25,
      mean: [2],
    });
  });

  it('is left open where nothing, or nothing usable, is said', async () => {
    expect((await read(INPUT + relu)).preprocessing).toBeUndefined();
    expect((await transformed(3, 'mean_value: 1 mean_value: 2')).preprocessing).toBeUndefined();
    expect((await transformed(6, 'mean_value: 1')).preprocessing).toBeUndefined();
  });
});
