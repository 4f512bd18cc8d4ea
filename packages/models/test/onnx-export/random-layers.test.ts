import {
  createRandom,
  type Extent,
  isFeaturescopeError,
  type Layer,
  type Network,
  type Padding,
  validateNetwork,
} from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exported, fileError, imported, normalInput, structureOf, takes } from './round-trip.js';

const extent = (most: number): fc.Arbitrary<Extent> => fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most }));
const side = fc.integer({ min: 0, max: 3 });
const padding: fc.Arbitrary<Padding> = fc.oneof(
  fc.constantFrom('same' as const, 'sameLower' as const),
  fc.record({ top: side, left: side, bottom: side, right: side }),
);
const named = { name: fc.constant('layer'), inputs: fc.constant(['input']) };
const pool = { ...named, size: extent(5), stride: extent(5), padding, ceilMode: fc.boolean() };

const WINDOWS: Readonly<Record<string, fc.Arbitrary<Layer>>> = {
  conv: fc.record({
    ...named,
    kind: fc.constant('conv' as const),
    kernelSize: extent(4),
    filters: fc.constantFrom(2, 4),
    stride: extent(4),
    dilation: extent(3),
    padding,
    groups: fc.constantFrom(1, 2),
    bias: fc.boolean(),
  }),
  maxPool: fc.record({ ...pool, kind: fc.constant('maxPool' as const) }),
  avgPool: fc.record({ ...pool, kind: fc.constant('avgPool' as const), countIncludePad: fc.boolean() }),
};

const CHANNELS = 4;
const sizes = fc.array(extent(11), { minLength: 2, maxLength: 2 });

const networkOf = (layer: Layer, seed: number): Network => {
  const random = createRandom(seed);
  const weights = new Map();
  if (layer.kind === 'conv') {
    const shape = [...layer.kernelSize, CHANNELS / layer.groups, layer.filters];
    const values = (count: number) => random.fillNormal(new Float32Array(count), 0, 1);
    weights.set('layer/kernel', { shape, data: values(shape.reduce((a, b) => a * b, 1)) });
    if (layer.bias) weights.set('layer/bias', { shape: [layer.filters], data: values(layer.filters) });
  }
  return { input: { name: 'input', shape: [null, null, CHANNELS] }, layers: [layer], outputs: ['layer'], weights };
};

const isValid = (network: Network, [height, width]: Extent): boolean => {
  try {
    validateNetwork(network, [height, width, CHANNELS]);
    return true;
  } catch {
    return false;
  }
};

/** The bytes, or undefined when the layer is refused, which is for paddings that change with the size alone. */
const tryExport = (network: Network, size: Extent): Uint8Array | undefined => {
  try {
    return exported(network, size);
  } catch (error) {
    expect(isFeaturescopeError(error) && error.message).toMatch(/layer "layer" .* depends on the size of the map, which is open/);
    return undefined;
  }
};

describe.each(Object.entries(WINDOWS))('any %s', (_, layers) => {
  it('of an open size gives the same in ONNX Runtime, at every size', async () => {
    let written = 0;
    await fc.assert(
      fc.asyncProperty(layers, sizes, fc.integer(), async (layer, tried, seed) => {
        const network = networkOf(layer, seed);
        const [size] = tried;
        fc.pre(size !== undefined && isValid(network, size));
        const bytes = size && tryExport(network, size);
        fc.pre(bytes !== undefined);
        written++;
        const back = imported(bytes);
        for (const [height, width] of tried) {
          if (!takes(network, [height, width, CHANNELS])) continue;
          const input = normalInput([2, height, width, CHANNELS], `${seed}`);
          expect(await fileError(bytes, network, input)).toBeLessThan(2e-5);
          expect(await fileError(bytes, back, input)).toBeLessThan(2e-5);
        }
        if (typeof ('padding' in layer ? layer.padding : undefined) === 'object') expect(structureOf(back)).toEqual(structureOf(network));
      }),
      { numRuns: 100 },
    );
    expect(written).toBeGreaterThan(60);
  });

  it('of a fixed size is never refused', async () => {
    await fc.assert(
      fc.asyncProperty(layers, extent(11), fc.integer(), async (layer, [height, width], seed) => {
        const open = networkOf(layer, seed);
        fc.pre(isValid(open, [height, width]));
        const network = { ...open, input: { name: 'input', shape: [height, width, CHANNELS] as const } };
        const input = normalInput([1, height, width, CHANNELS], `${seed}`);
        expect(await fileError(exported(network, [height, width]), network, input)).toBeLessThan(2e-5);
      }),
      { numRuns: 60 },
    );
  });
});
