import { describe, expect, it } from 'vitest';
import { photonet, sketchANet, sketchANetFused, squeezenet, vgg16, vgg19, vggF, vggM } from '../../src/architectures/index.js';
import { fields, heights, layersOf, parametersOf } from './table.js';

/** Layer k, map height at 224, receptive field / stride. */
const VGG = `
  conv1_1 224 3/1, relu1_1 224 3/1, conv1_2 224 5/1, relu1_2 224 5/1, pool1 112 6/2,
  conv2_1 112 10/2, relu2_1 112 10/2, conv2_2 112 14/2, relu2_2 112 14/2, pool2 56 16/4,
  conv3_1 56 24/4, relu3_1 56 24/4, conv3_2 56 32/4, relu3_2 56 32/4, conv3_3 56 40/4, relu3_3 56 40/4, pool3 28 44/8,
  conv4_1 28 60/8, relu4_1 28 60/8, conv4_2 28 76/8, relu4_2 28 76/8, conv4_3 28 92/8, relu4_3 28 92/8, pool4 14 100/16,
  conv5_1 14 132/16, relu5_1 14 132/16, conv5_2 14 164/16, relu5_2 14 164/16, conv5_3 14 196/16, relu5_3 14 196/16, pool5 7 212/32,
  fc6 1 404/32, relu6 1 404/32, fc7 1 404/32, relu7 1 404/32, fc8 1 404/32, prob 1 404/32`;

describe('vgg16', () => {
  it('is the list of 37 layers with their sizes and receptive fields', () => {
    const rows = layersOf(vgg16()).map(
      ({ name, outputShape, receptiveField: { size, jump } }) => `${name} ${outputShape[0]} ${size[0]}/${jump[0]}`,
    );
    expect(rows).toEqual(VGG.trim().split(/,\s+/));
    expect(rows).toHaveLength(37);
  });

  it('has 138,357,544 parameters', () => {
    expect(parametersOf(vgg16())).toBe(138_357_544);
  });

  it('gives 10×10 scores for a picture of 512×512', () => {
    expect(heights(layersOf(vgg16(), [512, 512]))).toMatchObject({ pool5: 16, fc6: 10, fc8: 10 });
  });
});

describe('vgg19', () => {
  it('has 143,667,240 parameters in 43 layers', () => {
    expect(parametersOf(vgg19())).toBe(143_667_240);
    expect(vgg19().layers).toHaveLength(43);
  });

  it('is vgg16 with a fourth convolution in the last three blocks', () => {
    const added = ['conv3_4', 'relu3_4', 'conv4_4', 'relu4_4', 'conv5_4', 'relu5_4'];
    const names = vgg19().layers.map(({ name }) => name);
    expect(names.filter((name) => !added.includes(name))).toEqual(vgg16().layers.map(({ name }) => name));
    expect(heights(layersOf(vgg19()))).toMatchObject({ pool1: 112, pool2: 56, pool3: 28, conv5_4: 14, pool5: 7, fc6: 1 });
  });
});

describe('vggF and vggM', () => {
  const names =
    'conv1 relu1 norm1 pool1 conv2 relu2 norm2 pool2 conv3 relu3 conv4 relu4 conv5 relu5 pool5 fc6 relu6 fc7 relu7 fc8 prob'.split(' ');

  it.each([vggF, vggM])('are the 21 layers of MatConvNet', (architecture) => {
    expect(architecture().layers.map(({ name }) => name)).toEqual(names);
  });

  /** Sums over the rows of the paper's table: filters × height × width × channels, and a bias for each. */
  it('have the 60,834,536 and 102,908,520 parameters of their tables', () => {
    const above = 4097 * 4096 + 4097 * 1000;
    expect(parametersOf(vggF())).toBe(64 * 364 + 256 * 1601 + 3 * 256 * 2305 + 4096 * 9217 + above);
    expect(parametersOf(vggM())).toBe(96 * 148 + 256 * 2401 + 512 * 2305 + 2 * 512 * 4609 + 4096 * 18_433 + above);
    expect([parametersOf(vggF()), parametersOf(vggM())]).toEqual([60_834_536, 102_908_520]);
  });

  it('have 13×13 maps in the layers 3 to 5 and see 6×6 in layer 6', () => {
    const shared = { pool2: 13, conv3: 13, conv4: 13, conv5: 13, pool5: 6, fc6: 1 };
    expect(heights(layersOf(vggF()))).toMatchObject({ conv1: 54, pool1: 27, conv2: 27, ...shared });
    expect(heights(layersOf(vggM()))).toMatchObject({ conv1: 109, pool1: 54, conv2: 26, ...shared });
  });
});

describe('sketchANet', () => {
  it('has 8,508,666 parameters with one channel and 8,580,666 with six', () => {
    expect(parametersOf(sketchANet({ channels: 1 }))).toBe(8_508_666);
    expect(parametersOf(sketchANet({ channels: 6 }))).toBe(8_580_666);
  });

  it('has the map sizes and receptive fields of its table', () => {
    const layers = layersOf(sketchANet());
    const rows = layers.map(({ index, outputShape, receptiveField: { size, jump } }) => `${index} ${outputShape[0]} ${size[0]}/${jump[0]}`);
    const convolutionsAndPools = [1, 3, 4, 6, 7, 9, 11, 13, 14].map((index) => rows[index - 1]);
    expect(convolutionsAndPools).toEqual([
      '1 71 15/3',
      '3 35 21/6',
      '4 31 45/6',
      '6 15 57/12',
      '7 15 81/12',
      '9 15 105/12',
      '11 15 129/12',
      '13 7 153/24',
      '14 1 297/24',
    ]);
    expect(layers.map(({ outputShape }) => outputShape[0]).at(-1)).toBe(1);
  });

  it('sees a map of one position below its first dense layer at any input size', () => {
    for (const inputSize of [81, 113, 129, 225]) expect(heights(layersOf(sketchANet({ inputSize })))['conv6']).toBe(1);
  });

  it('gives maps of 81, 40, 36, 17, 17, 8 and 2 for 256×256', () => {
    const { conv1, pool1, conv2, pool2, conv3, pool5, conv6 } = heights(layersOf(sketchANet(), [256, 256]));
    expect([conv1, pool1, conv2, pool2, conv3, pool5, conv6]).toEqual([81, 40, 36, 17, 17, 8, 2]);
  });
});

describe('squeezenet', () => {
  it('has 1,248,424 parameters in 65 layers', () => {
    expect(parametersOf(squeezenet())).toBe(1_248_424);
    expect(squeezenet().layers).toHaveLength(65);
  });

  it('has the map sizes of the release, with pools that round up', () => {
    const at227 = heights(layersOf(squeezenet(), [227, 227]));
    expect(at227).toMatchObject({
      conv1: 111,
      pool1: 55,
      'fire2/concat': 55,
      pool4: 27,
      pool8: 13,
      'fire9/concat': 13,
      conv10: 15,
      pool10: 1,
    });
    expect(heights(layersOf(squeezenet(), [224, 224]))).toMatchObject({ pool4: 27 });
    expect(layersOf(squeezenet()).find(({ name }) => name === 'fire8/concat')?.outputShape[2]).toBe(512);
  });

  it('takes expand1x1 before expand3x3', () => {
    const concat = squeezenet().layers.find(({ name }) => name === 'fire5/concat');
    expect(concat?.inputs).toEqual(['fire5/relu_expand1x1', 'fire5/relu_expand3x3']);
  });
});

describe('photonet', () => {
  const layers = layersOf(photonet(), [32, 32]);

  it('has six to eight convolutions and at most 1.5 million parameters', () => {
    const convolutions = layers.filter(({ kind }) => kind === 'conv');
    expect(convolutions.length).toBeGreaterThanOrEqual(6);
    expect(convolutions.length).toBeLessThanOrEqual(8);
    expect(parametersOf(photonet(), [32, 32])).toBeLessThanOrEqual(1_500_000);
  });

  it('halves a 32×32 photo at each pool', () => {
    expect(heights(layers)).toMatchObject({ pool1: 16, pool2: 8, pool3: 4, conv4_1: 4, pool4: 1 });
    expect(fields(layers)).toMatchObject({ conv1: '5/1', pool1: '6/2', pool2: '16/4', pool3: '36/8' });
  });

  it('is wider with a width factor', () => {
    const [first, wide] = [photonet(), photonet({ width: 2 })].map(({ layers: [layer] }) => (layer?.kind === 'conv' ? layer.filters : 0));
    expect(wide).toBe(2 * (first ?? 0));
  });
});

describe('sketchANetFused', () => {
  it('has the layers of its networks below the joint ones, and their parameters', () => {
    const single = sketchANet({ classes: 36, channels: 6, width: 0.25 });
    const fused = sketchANetFused({ classes: 36, channels: 18, scales: 3, width: 0.25 });
    const [own, heads] = [128, 128 * 36 + 36];
    const joint = 3 * own * 128 + 128 + heads;
    expect(parametersOf(fused)).toBe(3 * (parametersOf(single) - heads) + joint);
    expect(fields(layersOf(fused).slice(0, 16))).toEqual(fields(layersOf(single).slice(0, 16)));
  });

  it('refuses channels that cannot be shared out', () => {
    expect(() => sketchANetFused({ channels: 10 })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: sketchANetFused got 10 channels for 4 networks side by side. Expected a multiple: 24 for four networks that see six channels each.]`,
    );
  });
});
