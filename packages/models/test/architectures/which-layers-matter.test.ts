import { type Network, validateNetwork } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { alexnet, zfnet } from '../../src/architectures/index.js';
import { fields, heights, layersOf, parametersOf } from './table.js';

const GREATER = [512, 1024, 512] as const;

/** The variants of Zeiler and Fergus's table; parameters are sums of (inputs × window + 1) × outputs over the layers that are left. */
const ZF_VARIANTS = [
  [{}, 62_357_608],
  [{ remove: [3, 4] }, 59_850_088],
  [{ remove: [7] }, 45_576_296],
  [{ remove: [6, 7] }, 12_943_464],
  [{ remove: [3, 4, 6, 7] }, 10_435_944],
  [{ fullyConnected: 2048 }, 28_848_232],
  [{ fullyConnected: 8192 }, 154_542_184],
  [{ maps: [...GREATER] }, 107_627_624],
  [{ maps: [...GREATER], fullyConnected: 8192 }, 237_560_936],
] satisfies [Parameters<typeof zfnet>[0], number][];

const ALEX_VARIANTS = [
  [{}, 60_965_224],
  [{ remove: [3, 4] }, 60_965_224 - 884_736 - 384 - 663_552 - 384 - 442_368 - 256 + (9 * 128 + 1) * 256],
  [{ remove: [7] }, 60_965_224 - 4097 * 4096],
  [{ remove: [6, 7] }, 60_965_224 - 9217 * 4096 - 4097 * 4096 - 4097 * 1000 + 9217 * 1000],
  [{ fullyConnected: 2048 }, 60_965_224 - 9217 * 4096 - 4097 * 4096 - 4097 * 1000 + 9217 * 2048 + 2049 * 2048 + 2049 * 1000],
] satisfies [Parameters<typeof alexnet>[0], number][];

describe.each([
  ['zfnet', zfnet, ZF_VARIANTS],
  ['alexnet', alexnet, ALEX_VARIANTS],
] as const)('variants of %s', (_, architecture, variants) => {
  it.each(variants.map(([options, parameters]) => [options, parameters] as const))('%j has %i parameters', (options, parameters) => {
    const network = architecture.architecture.create(options);
    expect(() => validateNetwork(network)).not.toThrow();
    expect(parametersOf(network)).toBe(parameters);
  });

  it.each([3, 4, 6, 7] as const)('without layer %i have all others and nothing of it', (number) => {
    const names = architecture({ remove: [number] }).layers.map(({ name }) => name);
    const whole = architecture().layers.map(({ name }) => name);
    expect(names).toEqual(whole.filter((name) => !name.endsWith(String(number))));
  });

  it('without the layers 6 and 7 classify what the last pool gives', () => {
    expect(architecture({ remove: [6, 7] }).layers.find(({ name }) => name === 'fc8')?.inputs).toEqual(['pool5']);
    expect(architecture({ remove: [6] }).layers.find(({ name }) => name === 'fc7')?.inputs).toEqual(['pool5']);
  });

  it('keep the same maps whatever is left out', () => {
    const sides = heights(layersOf(architecture({ remove: [3, 4, 6, 7] })));
    expect(sides).toMatchObject({ conv5: 13, pool5: 6, fc8: 1 });
    expect(sides['conv4']).toBeUndefined();
  });

  it('are narrowed as a whole', () => {
    const narrow = layersOf(architecture({ width: 0.25, fullyConnected: 2048, small: true, classes: 10 }));
    const maps = Object.fromEntries(narrow.map(({ name, outputShape }) => [name, outputShape[2]]));
    expect(maps).toMatchObject({ conv1: 24, conv2: 64, conv3: 96, conv4: 96, conv5: 64, fc6: 512, fc7: 512, fc8: 10 });
  });

  it('refuse to leave out other layers', () => {
    expect(() => architecture.architecture.create({ remove: [5] })).toThrow(/remove\.0: Invalid option: expected one of 3\|4\|6\|7/);
  });
});

describe('small networks', () => {
  const variants = [
    {},
    { remove: [3, 4] },
    { remove: [7] },
    { remove: [6, 7] },
    { remove: [3, 4, 6, 7] },
    { fullyConnected: 2048 },
  ] as const;

  it.each([12, 32, 48, 64])('are valid at %i pixels in every variant', (inputSize) => {
    for (const { architecture } of [zfnet, alexnet])
      for (const variant of variants) {
        const network = architecture.create({ small: true, inputSize, width: 0.25, ...variant });
        expect(() => validateNetwork(network)).not.toThrow();
        expect(layersOf(network).at(-1)?.outputShape).toEqual([1, 1, 1000]);
      }
  });

  it('have the maps of a quarter of the side in the layers 3 to 5', () => {
    const shared = { pool2: 8, conv3: 8, conv4: 8, conv5: 8, pool5: 3, fc6: 1 };
    expect(heights(layersOf(zfnet({ small: true })))).toMatchObject({ conv1: 32, pool1: 16, conv2: 16, ...shared });
    expect(heights(layersOf(alexnet({ small: true })))).toMatchObject({ conv1: 16, pool1: 16, conv2: 16, ...shared });
    expect(heights(layersOf(zfnet({ small: true, inputSize: 64 })))).toMatchObject({ conv3: 16, pool5: 7 });
    expect(heights(layersOf(alexnet({ small: true, inputSize: 64 })))).toMatchObject({ conv3: 16, pool5: 7 });
  });

  it('have a coarser first layer in AlexNet than in ZFNet', () => {
    expect(fields(layersOf(zfnet({ small: true })))).toMatchObject({
      conv1: '5/1',
      pool1: '7/2',
      conv2: '11/2',
      pool2: '15/4',
      conv3: '23/4',
      conv4: '31/4',
      conv5: '39/4',
    });
    expect(fields(layersOf(alexnet({ small: true })))).toMatchObject({
      conv1: '7/2',
      pool1: '11/2',
      conv2: '15/2',
      pool2: '19/4',
      conv3: '27/4',
      conv4: '35/4',
      conv5: '43/4',
    });
  });

  it('have the layers of the great ones, in their order', () => {
    for (const architecture of [zfnet, alexnet])
      expect(architecture({ small: true }).layers.map(({ name }) => name)).toEqual(architecture().layers.map(({ name }) => name));
  });

  it('have dropout after the layers 6 and 7 at the rate that is asked for', () => {
    const rates = (network: Network) =>
      network.layers.flatMap((layer) => (layer.kind === 'dropout' ? [`${layer.name} ${layer.rate}`] : []));
    for (const architecture of [zfnet, alexnet]) {
      expect(rates(architecture())).toEqual(['drop6 0.5', 'drop7 0.5']);
      expect(rates(architecture({ dropout: 0, remove: [6] }))).toEqual(['drop7 0']);
    }
  });

  it('are what a picture that is too small for the great ones is told of', () => {
    expect(() => zfnet({ inputSize: 62 })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Architecture "zfnet" cannot be built from these options: inputSize: Too small: expected 63 or more, or the option small for pictures of 32 to 64 pixels. It takes classes, channels, inputSize, width, remove, fullyConnected, dropout, maps, small.]`,
    );
    expect(() => alexnet({ small: true, inputSize: 11 })).toThrow(/inputSize: Too small: expected number to be >=12/);
  });
});
